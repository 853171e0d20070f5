using System.Diagnostics;
using System.Net;
using System.Text;

namespace Armature.Testing.Processes;

/// <summary>A real silo in a process of its own, which tests may stop, freeze or kill. It ends with the test.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(90);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly StringBuilder _output = new();
    private readonly TemporaryFolder? _ownFolder;
    private readonly Process _process;

    private SiloProcess(SiloSettings settings)
    {
        Settings = settings;
        _ownFolder = settings.DataFolder is null ? new TemporaryFolder() : null;
        _process = new Process { StartInfo = Describe(settings, settings.DataFolder ?? _ownFolder!.Path) };
        _process.OutputDataReceived += (_, line) => Collect(line.Data);
        _process.ErrorDataReceived += (_, line) => Collect(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += OnTestsEnd;
    }

    public SiloSettings Settings { get; }

    /// <summary>The operating system's id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>What the process has written so far, on both of its outputs.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>True when the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a process that is expected to end by itself.</summary>
    public static SiloProcess Launch(SiloSettings settings) => new(settings);

    /// <summary>Starts a silo and returns when it is ready.</summary>
    public static async Task<SiloProcess> StartAsync(SiloSettings settings, CancellationToken cancellationToken = default)
    {
        var silo = Launch(settings);
        try
        {
            await silo.BecomesReadyAsync(cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the silo says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or did not become ready. The message holds its output.</exception>
    public async Task BecomesReadyAsync(CancellationToken cancellationToken = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await GetHealthAsync("ready", cancellationToken) != HttpStatusCode.OK)
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(started) > StartBound)
            {
                throw new InvalidOperationException($"The silo did not become ready. Its output:\n{Output}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The answer of a health endpoint; null when nothing answers.</summary>
    /// <param name="name"><c>live</c> or <c>ready</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<HttpStatusCode?> GetHealthAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await _http.GetAsync(Address($"/health/{name}"), cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What a health endpoint says: its status, and the reason where there is one.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public async Task<string> GetHealthReasonAsync(string name, CancellationToken cancellationToken = default)
    {
        using var response = await _http.GetAsync(Address($"/health/{name}"), cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>What an endpoint of this process answers, past every other process.</summary>
    /// <exception cref="HttpRequestException">Nothing answers.</exception>
    public Task<string> GetAsync(string path, CancellationToken cancellationToken = default) =>
        _http.GetStringAsync(Address(path), cancellationToken);

    /// <summary>Posts to an endpoint of this process.</summary>
    public async Task PostAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await _http.PostAsync(Address(path), content: null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Asks the silo to end (SIGTERM).</summary>
    public void Terminate() => _process.SendTerminate();

    /// <summary>Ends the silo without warning (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Freezes the silo (SIGSTOP).</summary>
    public void Freeze() => _process.Pause();

    /// <summary>Lets a frozen silo go on (SIGCONT).</summary>
    public void Thaw() => _process.Resume();

    /// <summary>The exit code, when the process has ended and all its output was read.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnTestsEnd;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _ownFolder?.Dispose();
    }

    private Uri Address(string path) => new($"http://127.0.0.1:{Settings.HttpPort}{path}");

    private static ProcessStartInfo Describe(SiloSettings settings, string dataFolder)
    {
        var host = System.Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, settings.Assembly), .. settings.Arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in settings.Environment(dataFolder))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Collect(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private void OnTestsEnd(object? sender, EventArgs e) => _process.Kill(entireProcessTree: true);
}
