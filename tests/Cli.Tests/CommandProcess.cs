using System.Diagnostics;
using System.Text;
using Armature.Testing;

namespace Armature;

/// <summary>The built command as a process of its own.</summary>
internal sealed class CommandProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _output = new();

    private CommandProcess(Process process) => _process = process;

    /// <summary>What it has written to standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Starts the command.</summary>
    public static CommandProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        StartFrom(AppContext.BaseDirectory, arguments, environment);

    /// <summary>Starts the command from a folder that holds it.</summary>
    public static CommandProcess StartFrom(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "armature.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var command = new CommandProcess(new Process { StartInfo = start });
        command._process.OutputDataReceived += (_, line) => Append(command._output, line.Data);
        command._process.ErrorDataReceived += (_, line) => Append(command._error, line.Data);
        command._process.Start();
        command._process.BeginOutputReadLine();
        command._process.BeginErrorReadLine();
        return command;
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var command = Start(arguments);
        return await command.WaitAsync();
    }

    /// <summary>Starts a server of a cluster, and returns when it serves.</summary>
    public static async Task<CommandProcess> ServeAsync(string redis, string dataFolder)
    {
        var server = Start(["serve", "--redis", redis], ("ARMATURE__DATAFOLDER", dataFolder));
        await Eventually.BecomesTrueAsync(() => server.Output.Contains("Serving", StringComparison.Ordinal), "the server is ready");
        return server;
    }

    /// <summary>Writes to its standard input, which stays open.</summary>
    public async Task WriteAsync(byte[] bytes)
    {
        await _process.StandardInput.BaseStream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await _process.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Interrupts it as Ctrl-C does.</summary>
    public void Interrupt() => _process.SendInterrupt();

    /// <summary>Waits for its end.</summary>
    public async Task<CommandResult> WaitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(_process.ExitCode, Read(_output), Read(_error));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            _ = line is null ? text : text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
