namespace Armature.Rendering;

/// <summary>Whether links of rendered pages lead to further routes.</summary>
internal enum LinkFollowing
{
    /// <summary>When no other source of routes is given and the bundle names none.</summary>
    WithoutRoutes,

    /// <summary>Always.</summary>
    Always,
}
