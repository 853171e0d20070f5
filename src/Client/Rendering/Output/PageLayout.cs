namespace Armature.Rendering.Output;

/// <summary>Which file a page becomes.</summary>
public enum PageLayout
{
    /// <summary><c>/about</c> becomes <c>about/index.html</c>: every web server finds it.</summary>
    Folders = 0,

    /// <summary><c>/about</c> becomes <c>about.html</c>: for servers that try this ending.</summary>
    Files = 1,
}
