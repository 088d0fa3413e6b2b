package nixio;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs what is annotated with {@link OnBothThreads}. */
final class BothThreads implements TestTemplateInvocationContextProvider {
  /** For a whole test; each wait in it has a shorter one. */
  private static final long DEADLINE_SECONDS = 120;

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(OnBothThreads.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Method test = context.getRequiredTestMethod();
    if (!Arrays.asList(test.getParameterTypes()).contains(Link.class)) {
      return Arrays.stream(Threads.values()).map(kind -> new Run(kind, null));
    }
    Link[] named = test.getAnnotation(OnBothThreads.class).links();
    return Arrays.stream(named.length == 0 ? Link.values() : named)
        .flatMap(link -> Arrays.stream(Threads.values()).map(kind -> new Run(kind, link)));
  }

  private record Run(Threads kind, Link link)
      implements TestTemplateInvocationContext, InvocationInterceptor, ParameterResolver {
    @Override
    public String getDisplayName(int index) {
      return link == null ? kind.name() : link + " " + kind;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == Threads.class || type == Link.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Threads.class ? kind : link;
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      kind.start(
              () -> {
                try {
                  return invocation.proceed();
                } catch (Exception | Error e) {
                  throw e;
                } catch (Throwable t) {
                  throw new AssertionError(t);
                }
              })
          .get(DEADLINE_SECONDS);
    }
  }
}
