namespace Armature.Rendering.Output;

/// <summary>A page of a run: where it goes, and what became of it.</summary>
/// <param name="route">The route.</param>
/// <param name="path">Its file's path in the site's folder, with '/'; null when it can have none.</param>
/// <param name="linkedFrom">The page whose link led to it; null when it was named by a source.</param>
internal sealed class PlannedPage(string route, string? path, string? linkedFrom = null)
{
    public string Route => route;

    public string? Path => path;

    public string? LinkedFrom => linkedFrom;

    /// <summary>What the page is made of, when it is rendered now.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>The page as it is in the new version; null when it is not in it.</summary>
    public RecordedPage? Written { get; set; }

    /// <summary>True when it was taken over from the last version, since nothing changed.</summary>
    public bool IsUnchanged { get; set; }

    /// <summary>True when another page has the same file, so that none of them has it.</summary>
    public bool IsInConflict { get; private set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public ItemError? Error { get; set; }

    /// <summary>Routes that it links to, when links are followed.</summary>
    public IReadOnlyList<string> Links { get; set; } = [];

    /// <summary>Notes that another page has the same file.</summary>
    public void Collide(ItemError error) => (IsInConflict, Error) = (true, error);
}
