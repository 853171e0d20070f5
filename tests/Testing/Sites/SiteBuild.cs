using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Armature.Testing.Sites;

/// <summary>The build of one site: its <c>dist</c> folder, out of the cache or made by npm.</summary>
/// <param name="source">The folder with its package.json.</param>
internal sealed class SiteBuild(string source)
{
    private const int LinesOfFailure = 60;

    // What npm and the builds leave beside the sources when somebody runs them there.
    private static readonly string[] NotSources = ["node_modules", "dist", ".angular"];

    private readonly string _cache = Path.Combine(CacheFolder(), "armature-test-sites");

    internal async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var site = Path.Combine(_cache, $"{Path.GetFileName(source)}-{Hash()}");
        if (Directory.Exists(site))
        {
            return site;
        }

        Directory.CreateDirectory(_cache);
        await using var others = await WaitForOthersAsync(site + ".lock", cancellationToken);
        if (!Directory.Exists(site))
        {
            await BuildAsync(site, cancellationToken);
        }

        return site;
    }

    private static string CacheFolder() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in SourceFiles())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + '\n'));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(source, path))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => Path.GetRelativePath(source, path).Replace('\\', '/'))
            .Where(path => !NotSources.Contains(path.Split('/')[0]))
            .Order(StringComparer.Ordinal);

    private static async Task<FileStream> WaitForOthersAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
    }

    // Built aside and moved into its place whole: a build that is broken off leaves nothing that looks like a site.
    private async Task BuildAsync(string site, CancellationToken cancellationToken)
    {
        var workshop = Directory.CreateDirectory(Path.Combine(_cache, $".building-{Guid.NewGuid():N}"));
        try
        {
            CopySources(workshop.FullName);
            await RunNpmAsync(workshop.FullName, ["ci"], cancellationToken);
            await RunNpmAsync(workshop.FullName, ["run", "build"], cancellationToken);
            Directory.Move(Path.Combine(workshop.FullName, "dist"), site);
        }
        finally
        {
            workshop.Delete(recursive: true);
        }
    }

    private void CopySources(string target)
    {
        foreach (var path in SourceFiles())
        {
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(source, path), copy);
        }
    }

    private async Task RunNpmAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(TestRequirements.Program("npm", "apt-get install nodejs npm"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NODE_ENV"); // With "production" npm leaves out what builds the site.
        start.Environment["CI"] = "1"; // No questions, no progress.
        using var npm = Process.Start(start)!;
        npm.StandardInput.Close();
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"npm {string.Join(' ', arguments)} of the site {source} ended with {npm.ExitCode}:\n{EndOf(await output + await errors)}");
            }
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string EndOf(string output) => string.Join('\n', output.TrimEnd().Split('\n').TakeLast(LinesOfFailure));
}
