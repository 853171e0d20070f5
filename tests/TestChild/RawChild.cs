using System.Buffers.Binary;
using Armature.Processes;

namespace Armature.TestChild;

/// <summary>Children that do not use the loop of the house.</summary>
internal static class RawChild
{
    internal static int FailToStart()
    {
        Console.Error.WriteLine("no licence for the flux capacitor");
        return 7;
    }

    internal static int BeReadyThenDie(string log)
    {
        File.AppendAllText(log, "x");
        SayReady();
        return 5;
    }

    /// <summary>Computes for ever and sees no end of input.</summary>
    internal static int BeDeaf()
    {
        SayReady();
        var spin = 0L;
        while (true)
        {
            spin++;
        }
    }

    internal static int WriteGarbage()
    {
        using var output = Console.OpenStandardOutput();
        output.Write("Welcome to the flux capacitor!\n"u8);
        output.Flush();
        Gate.WaitForEver();
        return 0;
    }

    /// <summary>Wants so many requests at a time, and answers none before it has them all.</summary>
    internal static int Want(int capacity)
    {
        var wanted = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(wanted, capacity);
        var output = new FrameWriter(Console.OpenStandardOutput(), wanted.Length);
        output.Write(FrameKind.Ready, 0, []);
        output.Write(FrameKind.Capacity, 0, [wanted]);
        var input = new FrameReader(Console.OpenStandardInput(), 1 << 10);
        var requests = new List<long>();
        while (input.Read() is { } request)
        {
            requests.Add(request.RequestId);
            if (requests.Count == capacity)
            {
                requests.ForEach(id => output.Write(FrameKind.Response, id, []));
                requests.Clear();
            }
        }

        return 0;
    }

    private static void SayReady() => new FrameWriter(Console.OpenStandardOutput(), 0).Write(FrameKind.Ready, 0, []);
}
