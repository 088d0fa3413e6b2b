package nixio;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs on a platform thread and again on a virtual one, with a deadline. A parameter of
 * type {@link Threads} takes the kind of thread; one of type {@link Link} takes each link in turn.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(BothThreads.class)
@interface OnBothThreads {
  /** The links to run on, where not all. */
  Link[] links() default {};
}
