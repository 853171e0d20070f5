namespace Armature.Clustering;

/// <summary>What keeps Redis from answering.</summary>
internal enum RedisProblemKind
{
    /// <summary>It answers something else.</summary>
    Failed,

    /// <summary>It refuses the user or the password.</summary>
    Refused,

    /// <summary>There is no way to it.</summary>
    Unreachable,

    /// <summary>What listens there takes a connection and does not answer.</summary>
    Silent,
}
