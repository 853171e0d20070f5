using System.ComponentModel;
using System.Diagnostics;
using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Rendering;

/// <summary>The Node program of this silo: where it is, and whether it is new enough.</summary>
internal sealed class NodeProgram(IOptions<ArmatureOptions> options)
{
    // What Angular 20 and later, and the renderer's own code, ask for.
    private static readonly Version Oldest = new(20, 19);

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly string _name = options.Value.Rendering.NodePath;

    // Guarded by _lock. One that failed is asked again: Node may be installed meanwhile.
    private Task<NodeVersion>? _found;

    /// <summary>Its full path and version.</summary>
    /// <exception cref="RenderException">It is missing, too old or does not answer; the code is <see cref="RenderErrorCodes.RendererUnavailable"/>.</exception>
    public Task<NodeVersion> FindAsync(CancellationToken cancellationToken)
    {
        Task<NodeVersion> finding;
        lock (_lock)
        {
            if (_found is not { IsFaulted: false, IsCanceled: false })
            {
                _found = Task.Run(AskAsync, CancellationToken.None);
            }

            finding = _found;
        }

        return finding.WaitAsync(cancellationToken);
    }

    private async Task<NodeVersion> AskAsync()
    {
        var path = Resolve() ?? throw Unavailable(
            $"Node was not found: there is no program '{_name}'{(Path.IsPathRooted(_name) ? "" : " in PATH")}. Install Node {Oldest} or later on the silo, or set Rendering.NodePath.");
        var answer = await AskVersionAsync(path);
        if (!Version.TryParse(answer.TrimStart('v').Split('-')[0], out var version))
        {
            throw Unavailable($"{path} is no Node: to --version it answered '{(answer.Length > 100 ? answer[..100] : answer)}'. Set Rendering.NodePath to Node {Oldest} or later.");
        }

        return version < Oldest
            ? throw Unavailable($"Node {version} at {path} is too old: rendering takes {Oldest} or later. Install a newer one on the silo, or set Rendering.NodePath.")
            : new NodeVersion(path, version);
    }

    private string? Resolve()
    {
        if (Path.IsPathRooted(_name))
        {
            return File.Exists(_name) ? _name : null;
        }

        string[] endings = OperatingSystem.IsWindows() ? [".exe", ""] : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, _name + ending))).FirstOrDefault(File.Exists);
    }

    private static async Task<string> AskVersionAsync(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            return await ReadAnswerAsync(process);
        }
        catch (Exception e) when (e is Win32Exception or IOException or OperationCanceledException)
        {
            throw Unavailable($"{path} --version could not be asked: {e.Message} Set Rendering.NodePath to Node {Oldest} or later.");
        }
    }

    private static async Task<string> ReadAnswerAsync(Process process)
    {
        try
        {
            using var time = new CancellationTokenSource(AnswerTime, TimeProvider.System);
            var errors = process.StandardError.ReadToEndAsync(time.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(time.Token);
            await errors;
            await process.WaitForExitAsync(time.Token);
            return answer.Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static RenderException Unavailable(string message) => new(RenderErrorCodes.RendererUnavailable, message);
}
