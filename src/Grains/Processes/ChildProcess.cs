using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using Microsoft.Extensions.Logging;

namespace Armature.Processes;

/// <summary>One child as the operating system sees it: its streams, its end, its directory.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    // How long what a dead child wrote is still read: a grandchild may hold the other end open for ever.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StandardErrorTail _standardError = new();
    private readonly CancellationTokenSource _errorsCancellation = new();
    private readonly Task _readingErrors;

    private ChildProcess(Process process, DirectoryInfo directory, TimeProvider time, ILogger logger)
    {
        _process = process;
        _directory = directory;
        _time = time;
        _logger = logger;
        Id = process.Id;
        Enlarge(Input);
        Enlarge(Output);
        Exited = process.WaitForExitAsync(CancellationToken.None);
        _readingErrors = ReadErrorsAsync();
    }

    internal int Id { get; }

    internal Stream Input => _process.StandardInput.BaseStream;

    internal Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Completes when the process is gone. What it wrote may not be read yet.</summary>
    internal Task Exited { get; }

    internal int ExitCode => _process.ExitCode;

    internal string StandardError => _standardError.ToString();

    internal static async Task<ChildProcess> StartAsync(ChildStart start, ChildLauncher launcher, TimeProvider time, ILogger logger)
    {
        DirectoryInfo? directory = null;
        try
        {
            directory = start.CreateDirectory();
            return new ChildProcess(await launcher.StartAsync(start.Describe(directory)), directory, time, logger);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or UnauthorizedAccessException)
        {
            directory?.Delete();
            throw new ProcessStartException(start.FileName, exception.Message, innerException: exception);
        }
    }

    private static void Enlarge(Stream stream)
    {
        if (stream is PipeStream pipe)
        {
            PipeBuffer.TryEnlarge(pipe.SafePipeHandle);
        }
    }

    internal void Kill() => _process.Kill();

    /// <summary>Tells the child to end by itself.</summary>
    internal void CloseInput() => Input.Dispose();

    /// <summary>Waits for the child to end by itself, and kills it if it does not.</summary>
    internal async Task KillAfterAsync(TimeSpan patience, CancellationToken impatience)
    {
        try
        {
            await Exited.WaitAsync(patience, _time, impatience);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Kill();
            await Exited;
        }
    }

    /// <summary>
    /// Waits until the process is gone and everything it wrote was read. A child that closes its output is of no use any
    /// more and is not waited for.
    /// </summary>
    internal async Task WaitForEndAsync(Task reading, CancellationTokenSource readingCancellation)
    {
        await Task.WhenAny(reading, Exited);
        await KillAfterAsync(Aftermath, CancellationToken.None);
        using var aftermath = new CancellationTokenSource(Aftermath, _time);
        using var stopReading = aftermath.Token.Register(readingCancellation.Cancel);
        using var stopReadingErrors = aftermath.Token.Register(_errorsCancellation.Cancel);
        await Task.WhenAll(reading, _readingErrors);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        await _errorsCancellation.CancelAsync();
        await _readingErrors;
        _errorsCancellation.Dispose();
        await Input.DisposeAsync();
        await Output.DisposeAsync();
        _process.Dispose();
        DeleteDirectory();
    }

    private async Task ReadErrorsAsync()
    {
        try
        {
            using var standardError = _process.StandardError;
            await _standardError.ReadAsync(standardError.BaseStream, _errorsCancellation.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            _standardError.Append("(standard error broke off)"u8);
        }
    }

    private void DeleteDirectory()
    {
        try
        {
            _directory.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogDirectoryLeft(_logger, _directory.FullName, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory {Directory} of a child process that ended could not be deleted")]
    private static partial void LogDirectoryLeft(ILogger logger, string directory, Exception exception);
}
