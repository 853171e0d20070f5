using System.Buffers.Binary;
using System.Globalization;

namespace Armature.Benchmarks;

/// <summary>Callers who each commit one record after the other, as both sides of a case do it.</summary>
internal sealed class RecordLoad
{
    public const int Callers = 64;

    private const int ValueBytes = 200;

    private readonly byte[] _noise = new byte[4096];
    private long _last;

    public RecordLoad() => new Random(7).NextBytes(_noise);

    /// <summary>A rising key of 31 characters and a value that no other record has.</summary>
    public (string Key, byte[] Value) Next()
    {
        var number = Interlocked.Increment(ref _last);
        var value = _noise.AsSpan((int)(number % (_noise.Length - ValueBytes)), ValueBytes).ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(value, number);
        return (string.Create(CultureInfo.InvariantCulture, $"jobs/{number:D16}-2a7f3c91e"), value);
    }

    public Task RunAsync(int commitsOfEach, Func<int, string, byte[], Task> commitAsync) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < commitsOfEach; i++)
            {
                var (key, value) = Next();
                await commitAsync(caller, key, value);
            }
        })));
}
