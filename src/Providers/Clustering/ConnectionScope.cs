namespace Armature.Clustering;

/// <summary>Who talks over a connection. A proof made for one kind is worthless for the other.</summary>
public enum ConnectionScope
{
    /// <summary>Silo and silo.</summary>
    Silo,

    /// <summary>A client and the gateway of a silo.</summary>
    Gateway,
}
