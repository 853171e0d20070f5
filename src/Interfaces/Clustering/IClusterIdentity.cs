namespace Armature.Clustering;

/// <summary>What all silos of a cluster agree on, kept where the cluster keeps its membership.</summary>
public interface IClusterIdentity
{
    /// <summary>Proposes a value. Of all values ever proposed under a name the first one counts.</summary>
    /// <returns>The value that counts.</returns>
    Task<string> AgreeAsync(string name, string value, CancellationToken cancellationToken);

    /// <summary>How an operator makes the cluster forget what it agreed on, as the end of a sentence.</summary>
    string HowToForget(string name);
}
