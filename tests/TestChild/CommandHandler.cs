using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;
using Armature.Processes;

namespace Armature.TestChild;

/// <summary>Does what the text of a request says.</summary>
internal sealed unsafe class CommandHandler(Action warmUp) : IChildRequestHandler
{
    public void WarmUp() => warmUp();

    public IReadOnlyList<ReadOnlyMemory<byte>> Handle(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var words = Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Length, 512)]).Split(' ');
        return words[0] switch
        {
            "echo" => [payload],
            "pid" => Text(Environment.ProcessId),
            "directory" => Text(Environment.CurrentDirectory),
            "environment" => Text(string.Join('\n', Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}"))),
            "big" => [new byte[Number(words[1])]],
            "fail" => throw new ProcessRequestException(words[1], string.Join(' ', words[2..])),
            "throw" => throw new InvalidOperationException("flux"),
            "allocate-managed" => [new byte[Array.MaxLength]],
            "exit" => Exit(Number(words[1])),
            "abort" => Abort(),
            "hang" => Hang(),
            "wait-for-file" => WaitForFile(words[1], words[2]),
            "wait-for-cancel" => WaitForCancel(words[1], cancellationToken),
            "allocate" => Allocate(Number(words[1])),
            "allocate-and-hang" => AllocateAndHang(Number(words[1])),
            "map-and-hang" => MapAndHang(Number(words[1])),
            "write-to-console" => WriteToConsole(),
            "flood-standard-error" => FloodStandardError(Number(words[1])),
            "garbage" => Garbage(),
            "answer-another" => AnswerAnother(),
            "grandchild" => StartGrandchild(),
            _ => throw new ProcessRequestException("unknown_command", words[0]),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte>[] Text(object text) => [Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text}"))];

    private static ReadOnlyMemory<byte>[] Exit(int code)
    {
        Console.Error.WriteLine($"leaving with {code}");
        Environment.Exit(code);
        return [];
    }

    private static ReadOnlyMemory<byte>[] Abort()
    {
        Environment.FailFast("flux overflow");
        return [];
    }

    private static ReadOnlyMemory<byte>[] Hang()
    {
        Gate.WaitForEver();
        return [];
    }

    private static ReadOnlyMemory<byte>[] WaitForFile(string started, string gate)
    {
        File.WriteAllText(started, "");
        Gate.WaitForFile(gate);
        return Text(Environment.ProcessId);
    }

    private static ReadOnlyMemory<byte>[] WaitForCancel(string report, CancellationToken cancellationToken)
    {
        File.WriteAllText(report, "started");
        cancellationToken.WaitHandle.WaitOne();
        File.WriteAllText(report, "cancelled");
        return [];
    }

    private static ReadOnlyMemory<byte>[] Allocate(int mebibytes)
    {
        for (var i = 0; i < mebibytes; i++)
        {
            NativeMemory.Fill(NativeMemory.Alloc(1 << 20), 1 << 20, 1);
        }

        return Text(mebibytes);
    }

    private static ReadOnlyMemory<byte>[] AllocateAndHang(int mebibytes)
    {
        Allocate(mebibytes);
        return Hang();
    }

    // Shared memory is resident but no data: the kernel's limit does not see it.
    private static ReadOnlyMemory<byte>[] MapAndHang(int mebibytes)
    {
        using var file = MemoryMappedFile.CreateNew(null, (long)mebibytes << 20);
        using var view = file.CreateViewAccessor();
        for (var position = 0L; position < view.Capacity; position += 4096)
        {
            view.Write(position, (byte)1);
        }

        return Hang();
    }

    private static ReadOnlyMemory<byte>[] WriteToConsole()
    {
        Console.WriteLine("this is for people");
        return Text("written");
    }

    private static ReadOnlyMemory<byte>[] FloodStandardError(int mebibytes)
    {
        var line = new string('e', 1023);
        for (var i = 0; i < mebibytes * 1024; i++)
        {
            Console.Error.WriteLine(line);
        }

        return Text("flooded");
    }

    private static ReadOnlyMemory<byte>[] Garbage()
    {
        using var output = Console.OpenStandardOutput();
        output.Write("this is no frame at all\n"u8);
        output.Flush();
        return Hang();
    }

    private static ReadOnlyMemory<byte>[] AnswerAnother()
    {
        new FrameWriter(Console.OpenStandardOutput(), 100).Write(FrameKind.Response, 4711, []);
        return Hang();
    }

    // It inherits standard output and keeps it open after this process is gone.
    private static ReadOnlyMemory<byte>[] StartGrandchild()
    {
        using var grandchild = Process.Start("sleep", "600");
        return Text(grandchild.Id);
    }
}
