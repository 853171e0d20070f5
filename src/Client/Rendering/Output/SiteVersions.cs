using System.Globalization;
using System.Text.RegularExpressions;

namespace Armature.Rendering.Output;

/// <summary>
/// The versions of a site, in a folder beside the output, which is a link to one of them. A version becomes the site by one renaming of a
/// link: a reader has the old site or the new one. One run at a time holds the versions; a process that dies lets them go.
/// </summary>
/// <remarks>
/// <c>OUT.versions/ID/site</c> are the files, <c>OUT.versions/ID/record.ndjson</c> what they were made of, and
/// <c>OUT.versions/ID/published</c> says that the version was the site once. <c>OUT</c> leads to <c>OUT.versions/ID/site</c>.
/// <c>OUT.versions/.retired</c> was such a version: the next run moves folders of pages out of it, and removes the rest.
/// </remarks>
internal sealed partial class SiteVersions : IDisposable
{
    private const string Marker = ".armature-site";
    private const string LockFile = ".lock";
    private const string Published = "published";
    private const string SiteFolder = "site";
    private const string RetiredFolder = ".retired";

    private readonly string _output;
    private readonly string _folder;
    private readonly FileStream _lock;

    private SiteVersions(string output, string folder, FileStream locked)
    {
        _output = output;
        _folder = folder;
        _lock = locked;
    }

    /// <summary>The folder of the version that is the site now; null when there is none.</summary>
    public string? Current => CurrentId is { } id && Directory.Exists(PathOf(id)) ? PathOf(id) : null;

    /// <summary>The version that was retired last; null when there is none.</summary>
    public RetiredSite? Retired => Directory.Exists(SiteOf(RetiredVersion)) && !IsLink(SiteOf(RetiredVersion)) ? new(SiteOf(RetiredVersion)) : null;

    private string RetiredVersion => PathOf(RetiredFolder);

    private string? CurrentId => IdOfLink(_output, Path.GetFileName(_folder));

    /// <summary>The folder of a version's files.</summary>
    public static string SiteOf(string version) => Path.Combine(version, SiteFolder);

    /// <summary>Takes hold of the versions of an output, and removes what an unfinished run has left.</summary>
    /// <param name="outputFolder">The output: missing, an empty folder, or a link that this program made.</param>
    /// <exception cref="RenderException">It is something else, which is never touched, or another run has hold of it.</exception>
    public static SiteVersions Open(string outputFolder)
    {
        var output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(outputFolder));
        var folder = output + ".versions";
        RefuseForeignOutput(output, folder);
        RefuseForeignFolder(folder);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Marker), "Versions of the site beside this folder. They are made and removed by Armature.\n");
        var versions = new SiteVersions(output, folder, Lock(folder, output));
        versions.RemoveUnfinished();
        return versions;
    }

    /// <summary>Begins a version.</summary>
    /// <returns>Its folder, with an empty one for its files.</returns>
    public string Begin(DateTimeOffset now)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(SiteOf(PathOf(id)));
        return PathOf(id);
    }

    /// <summary>Makes a version the site.</summary>
    /// <param name="version">Its folder. It has its record.</param>
    /// <exception cref="RenderException">Meanwhile the output became something that is never touched.</exception>
    public void Publish(string version)
    {
        RefuseForeignOutput(_output, _folder);
        Switch(version);
    }

    /// <summary>Removes old versions. What cannot be done now, the next run does: the site is published already.</summary>
    /// <param name="kept">Versions that stay, the site among them.</param>
    /// <param name="retires">Whether the newest of the others is retired, in the place of the one before, and not removed.</param>
    public void Prune(int kept, bool retires)
    {
        try
        {
            MarkCurrent();
            var old = Versions().Where(version => Path.GetFileName(version) != CurrentId).OrderDescending(StringComparer.Ordinal).Skip(kept - 1).ToArray();
            foreach (var version in old.Skip(retires ? 1 : 0))
            {
                Remove(version);
            }

            // Last: where it cannot be removed, no more than one version is left over.
            if (Directory.Exists(RetiredVersion))
            {
                Directory.Delete(RetiredVersion, recursive: true);
            }

            if (retires && old is [var newest, ..])
            {
                Retire(newest);
            }
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            // A version too many harms nobody.
        }
    }

    /// <summary>Removes a version that was not published. What cannot be removed now, the next run removes.</summary>
    public static void Discard(string version)
    {
        try
        {
            Remove(version);
        }
        catch (Exception e) when (DiskFailure.IsOf(e))
        {
            // Whatever ended the run is what the caller is told.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private void Switch(string version)
    {
        var link = Path.Combine(_folder, $".link-{Path.GetFileName(version)}");
        var target = Path.Combine(Path.GetFileName(_folder), Path.GetFileName(version), SiteFolder);
        if (!IsLink(_output) && Directory.Exists(_output))
        {
            // An empty folder, or this fails: nothing of a user's is removed.
            Directory.Delete(_output, recursive: false);
        }

        if (OperatingSystem.IsWindows())
        {
            // Links to folders cannot be replaced there: the site is missing for a moment.
            Directory.CreateSymbolicLink(link, target);
            if (IsLink(_output))
            {
                Directory.Delete(_output);
            }

            Directory.Move(link, _output);
            return;
        }

        File.CreateSymbolicLink(link, target);
        File.Move(link, _output, overwrite: true);
    }

    private void RemoveUnfinished()
    {
        foreach (var link in Directory.EnumerateFileSystemEntries(_folder, ".link-*").Where(IsLink))
        {
            File.Delete(link);
        }

        MarkCurrent(); // Its process may have died just after the switch.
        foreach (var version in Versions().Where(version => !File.Exists(Path.Combine(version, Published))))
        {
            Remove(version);
        }
    }

    private void MarkCurrent()
    {
        if (Current is { } current && !File.Exists(Path.Combine(current, Published)))
        {
            File.WriteAllText(Path.Combine(current, Published), "");
        }
    }

    // The mark first: what is half removed is no version.
    private static void Remove(string version)
    {
        File.Delete(Path.Combine(version, Published));
        Directory.Delete(version, recursive: true);
    }

    // A reader that is still in it finds files missing, as when it is removed, and never one that changed.
    private void Retire(string version)
    {
        File.Delete(Path.Combine(version, Published));
        Directory.Move(version, RetiredVersion);
    }

    // Links are none of ours, wherever they lead.
    private IEnumerable<string> Versions() =>
        [.. Directory.EnumerateDirectories(_folder).Where(path => VersionName().IsMatch(Path.GetFileName(path)) && !IsLink(path))];

    private string PathOf(string id) => Path.Combine(_folder, id);

    private static void RefuseForeignOutput(string output, string folder)
    {
        if (Path.GetFileName(output).Length == 0)
        {
            throw Unusable($"'{output}' is the root of a disk. Give a folder below it.");
        }

        if (IsLink(output) && IdOfLink(output, Path.GetFileName(folder)) is null)
        {
            throw Unusable($"'{output}' is a link that leads to '{new FileInfo(output).LinkTarget}', and no site that was rendered here. Give another folder, or remove the link.");
        }

        if (!IsLink(output) && (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())))
        {
            throw Unusable($"'{output}' has files that were not rendered here, and they are never removed. Give a folder that is empty or does not exist.");
        }
    }

    private static void RefuseForeignFolder(string folder)
    {
        if (IsLink(folder) || File.Exists(folder)
            || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, Marker))))
        {
            throw Unusable($"The versions of the site are kept in '{folder}', and what is there was not made for that. Give another output, or remove it.");
        }

        if (new[] { Marker, LockFile, RetiredFolder }.Any(name => IsLink(Path.Combine(folder, name))))
        {
            throw Unusable($"'{folder}' has links where files of its own should be. Remove the folder; the next run makes it again.");
        }
    }

    private static FileStream Lock(string folder, string output)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw Unusable($"'{output}' is being written by another run: {e.Message} Wait for its end, or give another folder.", e);
        }
    }

    private static string? IdOfLink(string output, string folder)
    {
        var parts = new FileInfo(output).LinkTarget?.Split(Path.DirectorySeparatorChar, '/');
        return parts is [var name, var id, SiteFolder] && name == folder && VersionName().IsMatch(id) ? id : null;
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private static RenderException Unusable(string message, Exception? cause = null) => new(RenderErrorCodes.OutputUnusable, message, cause);

    [GeneratedRegex("^[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}$")]
    private static partial Regex VersionName();
}
