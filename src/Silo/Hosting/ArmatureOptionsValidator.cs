using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>Says everything that is wrong with a host's options at once.</summary>
internal sealed class ArmatureOptionsValidator(ArmatureSettings settings, HttpAddresses addresses, HttpExposure exposure) : IValidateOptions<ArmatureOptions>
{
    public ValidateOptionsResult Validate(string? name, ArmatureOptions options)
    {
        string[] violations =
        [
            .. settings.Violations,
            .. AnnotationViolations.Find(options, ArmatureOptions.Section),
            .. ClusterRules.Find(options),
            .. addresses.Find(),
            .. exposure.Find(options),
        ];
        return violations.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);
    }
}
