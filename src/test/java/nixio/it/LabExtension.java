package nixio.it;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;

/** Gives the tests their lab, once for all of them, and looks that each leaves it as it was. */
final class LabExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
  private static final Namespace OURS = Namespace.create(LabExtension.class);

  /** Whether an engine answers, and has or can get the image. */
  private record Engine(String failure) {
    static Engine ask() {
      try {
        DockerClientFactory.instance().client();
        new RemoteDockerImage(Host.IMAGE).get();
        return new Engine(null);
      } catch (RuntimeException | LinkageError e) {
        if (Requirement.isStrict()) {
          throw new AssertionError("the container tests are required", e);
        }
        String reason =
            "container tests are skipped, as no Docker engine answers, or it has no image: " + e;
        System.out.println(reason);
        return new Engine(reason);
      }
    }
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(OURS);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Engine engine = store(context).computeIfAbsent(Engine.class, key -> Engine.ask(), Engine.class);
    return engine.failure == null
        ? ConditionEvaluationResult.enabled("a Docker engine answers, and has the image")
        : ConditionEvaluationResult.disabled(engine.failure);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).computeIfAbsent(Lab.class, key -> new Lab(), Lab.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Lab lab = store(context).get(Lab.class, Lab.class);
    if (lab != null) {
      lab.tidyUp();
    }
  }
}
