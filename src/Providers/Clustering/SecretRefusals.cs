using Armature.Hosting;

namespace Armature.Clustering;

/// <summary>
/// Remembers the last refusal. Orleans reports a failed connection in several ways, not all of which carry the reason.
/// </summary>
public sealed class SecretRefusals
{
    private volatile ClusterSecretException? _last;

    /// <summary>The last refusal; null when there was none.</summary>
    public ClusterSecretException? Last
    {
        get => _last;
        set => _last = value;
    }
}
