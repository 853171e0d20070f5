using System.Diagnostics;
using System.Reflection;

namespace Armature.Testing.Azurite;

/// <summary>Azurite from npm, in the folder of its package.json, which the lock file beside it pins.</summary>
internal static class AzuriteInstallation
{
    /// <summary>The script that runs the blob service. Installs it when it is missing or another lock file was used.</summary>
    public static async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        var folder = typeof(AzuriteInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "AzuriteFolder").Value!;
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (IsInstalled(folder))
        {
            return script;
        }

        await using var others = await WaitForOthersAsync(folder, cancellationToken);
        if (!IsInstalled(folder))
        {
            await InstallAsync(folder, cancellationToken);
        }

        return script;
    }

    // npm writes this file last.
    private static bool IsInstalled(string folder) =>
        File.GetLastWriteTimeUtc(Path.Combine(folder, "node_modules", ".package-lock.json"))
        >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));

    private static async Task<FileStream> WaitForOthersAsync(string folder, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new(Path.Combine(folder, ".installing"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        using var npm = Process.Start(new ProcessStartInfo(TestRequirements.Program("npm", "apt-get install nodejs npm"), ["ci"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in {folder} ended with {npm.ExitCode}: {await output} {await errors}");
        }
    }
}
