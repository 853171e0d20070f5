using System.Collections.Concurrent;

namespace Armature.Clustering;

/// <summary>The agreement of a silo that is alone, and of silos in one process that share this object.</summary>
public sealed class InMemoryClusterIdentity : IClusterIdentity
{
    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<string> AgreeAsync(string name, string value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_values.GetOrAdd(name, value));
    }

    /// <inheritdoc/>
    public string HowToForget(string name) => "stop the silo";
}
