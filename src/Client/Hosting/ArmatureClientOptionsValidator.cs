using Armature.Clustering;
using Microsoft.Extensions.Options;

namespace Armature.Hosting;

/// <summary>Says everything that is wrong with a client's options at once.</summary>
internal sealed class ArmatureClientOptionsValidator : IValidateOptions<ArmatureClientOptions>
{
    public ValidateOptionsResult Validate(string? name, ArmatureClientOptions options)
    {
        string[] violations = [.. AnnotationViolations.Find(options, nameof(ArmatureClientOptions)), .. Rules(options)];
        return violations.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);
    }

    private static IEnumerable<string> Rules(ArmatureClientOptions options)
    {
        if (options.Redis.IsConfigured == options.LocalGatewayPort.HasValue)
        {
            yield return "Give either Redis.ConnectionString (a cluster) or LocalGatewayPort (a silo on this machine without Redis).";
        }

        if (options.Redis.IsConfigured && !options.Redis.CanConnect())
        {
            yield return "Redis.ConnectionString is not one (its text is not repeated here: it may hold a password). An example: localhost:6379.";
        }

        if (options.Cluster.Secret is { Length: > 0 } blank && string.IsNullOrWhiteSpace(blank))
        {
            yield return $"Cluster.Secret is nothing but white space. Give the cluster's, of at least {ClusterOptions.MinSecretLength} characters, or leave it out.";
        }
        else if (options.Cluster.Secret is { Length: > 0 and < ClusterOptions.MinSecretLength } secret)
        {
            yield return $"Cluster.Secret has {secret.Length} characters but needs at least {ClusterOptions.MinSecretLength}.";
        }
    }
}
