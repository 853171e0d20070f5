namespace Armature.Hosting;

/// <summary>Where images are decoded.</summary>
public enum ImageIsolation
{
    /// <summary>In warm child processes with a memory limit, a time limit and a kill: for pictures of strangers.</summary>
    ChildProcess,

    /// <summary>In the silo itself: for trusted pictures only. A decoder can neither be stopped nor held to its memory there.</summary>
    InProcess,
}
