using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Armature.Processes;

namespace Armature.Rendering.Node;

/// <summary>A renderer and the frames that go to it and come from it, with nothing between: what a pool makes of them is its own test.</summary>
internal sealed class RendererChild : IAsyncDisposable
{
    internal const int MaxFrameBytes = 1_000_000;

    private readonly UnpackedRenderer _renderer;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<RendererAnswer>> _pending = [];
    private readonly Channel<int> _capacities = Channel.CreateUnbounded<int>();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FrameWriter _writer;
    private readonly Task<string> _errors;
    private readonly Task _reading;
    private long _lastId;

    private RendererChild(UnpackedRenderer renderer, RendererSite site, string[] flags, Dictionary<string, string> environment)
    {
        _renderer = renderer;
        var start = new ProcessStartInfo(UnpackedRenderer.Node, renderer.Arguments(site, flags))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE_ENV"] = "production";
        start.Environment[ChildEnvironment.ParentId] = $"{Environment.ProcessId}";
        start.Environment[ChildEnvironment.MaxFrameBytes] = $"{MaxFrameBytes}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Process = Process.Start(start)!;
        _writer = new FrameWriter(Process.StandardInput.BaseStream, MaxFrameBytes);
        _errors = Process.StandardError.ReadToEndAsync();
        _reading = ReadAllAsync(Process.StandardOutput.BaseStream);
    }

    internal Process Process { get; }

    /// <summary>The counts that the child asked for.</summary>
    internal ChannelReader<int> Capacities => _capacities.Reader;

    /// <summary>Starts a child that is expected to end by itself.</summary>
    internal static async Task<RendererChild> LaunchAsync(RendererSite site, params (string Name, string Value)[] environment) =>
        new(await UnpackedRenderer.CreateAsync(), site, [], environment.ToDictionary());

    /// <summary>The same with flags for Node, which may name the program's folder.</summary>
    internal static async Task<RendererChild> LaunchAsync(RendererSite site, Func<UnpackedRenderer, string[]> flags)
    {
        var renderer = await UnpackedRenderer.CreateAsync();
        return new(renderer, site, flags(renderer), []);
    }

    internal static Task<RendererChild> StartAsync(RendererSite site) => StartAsync(site, _ => []);

    internal static async Task<RendererChild> StartAsync(RendererSite site, Func<UnpackedRenderer, string[]> flags)
    {
        var child = await LaunchAsync(site, flags);
        await child._ready.Task;
        return child;
    }

    internal static Task<RendererChild> StartPlainAsync() => StartAsync(RendererSite.Plain);

    internal Task<RendererAnswer> RenderAsync(string route, int timeoutMs = 600_000) => AskAsync(Render(route, timeoutMs));

    internal Task<RendererAnswer> AskAsync(string request) => Ask(request).Answer;

    /// <summary>Sends a request; its id is for <see cref="CancelAsync"/>.</summary>
    internal (long Id, Task<RendererAnswer> Answer) Ask(string request)
    {
        var (id, answer) = Expect();
        Write(FrameKind.Request, id, Encoding.UTF8.GetBytes(request));
        return (id, answer);
    }

    /// <summary>Sends requests, and the cancels of some of them, in one write: the child reads them all before it does any.</summary>
    internal Task<RendererAnswer>[] AskTogether(params (string Route, bool Cancelled)[] pages)
    {
        using var frames = new MemoryStream();
        var writer = new FrameWriter(frames, MaxFrameBytes);
        var asked = pages.Select(page => (page, Expected: Expect())).ToArray();
        foreach (var (page, expected) in asked)
        {
            writer.Write(FrameKind.Request, expected.Id, [Encoding.UTF8.GetBytes(Render(page.Route, 600_000))]);
        }

        foreach (var (_, expected) in asked.Where(asked => asked.page.Cancelled))
        {
            writer.Write(FrameKind.Cancel, expected.Id, []);
        }

        WriteRaw(frames.ToArray());
        return [.. asked.Select(asked => asked.Expected.Answer)];
    }

    internal void Cancel(long id) => Write(FrameKind.Cancel, id, []);

    /// <summary>Sends bytes as they are.</summary>
    internal void WriteRaw(byte[] bytes)
    {
        Process.StandardInput.BaseStream.Write(bytes);
        Process.StandardInput.BaseStream.Flush();
    }

    internal void CloseInput() => Process.StandardInput.Close();

    /// <summary>How the child ended, with all of its standard error.</summary>
    internal async Task<(int ExitCode, string Errors)> WaitForExitAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (Process.ExitCode, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        await _reading;
        Process.Dispose();
        _renderer.Dispose();
    }

    private static string Render(string route, int timeoutMs) =>
        JsonSerializer.Serialize(new { op = "render", route, timeout_ms = timeoutMs, headers = new { } });

    private (long Id, Task<RendererAnswer> Answer) Expect()
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<RendererAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        return (id, answer.Task);
    }

    private void Write(FrameKind kind, long id, byte[] payload)
    {
        lock (_writer)
        {
            try
            {
                _writer.Write(kind, id, [payload]);
            }
            catch (IOException)
            {
                // The child is gone, which its pending answers tell.
            }
        }
    }

    private async Task ReadAllAsync(Stream output)
    {
        var header = new byte[16];
        while (await output.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            var payload = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4))];
            await output.ReadExactlyAsync(payload);
            Dispatch(header[2], BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8)), payload);
        }

        foreach (var request in _pending.Values)
        {
            request.TrySetResult(RendererAnswer.Died);
        }

        _ready.TrySetException(new InvalidOperationException($"The renderer did not start: {await _errors}"));
        _capacities.Writer.Complete();
    }

    private void Dispatch(byte kind, long id, byte[] payload)
    {
        switch (kind)
        {
            case 1:
                _ready.SetResult();
                break;
            case 6:
                _capacities.Writer.TryWrite(BinaryPrimitives.ReadInt32LittleEndian(payload));
                break;
            default:
                _pending.TryRemove(id, out var request).ShouldBeTrue();
                request!.SetResult(kind == 3 ? RendererAnswer.OfResponse(payload) : RendererAnswer.OfFailure(payload));
                break;
        }
    }
}
