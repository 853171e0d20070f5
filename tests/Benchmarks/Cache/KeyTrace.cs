using System.Text;

namespace Armature.Benchmarks;

/// <summary>
/// Keys as a cache is asked for them: Zipf(0.99), the distribution of YCSB (Cooper et al. 2010), and every now and then a scan over
/// keys that nobody asks for again.
/// </summary>
internal sealed class KeyTrace
{
    public const int Keys = 100_000;

    private const double Exponent = 0.99;
    private const int Requests = 2_000_000;
    private const int ScanEvery = 50_000;
    private const int ScanLength = 5_000;

    private readonly double[] _cumulated = new double[Keys];
    private readonly Random _random = new(11);

    public KeyTrace()
    {
        var sum = 0d;
        for (var rank = 0; rank < Keys; rank++)
        {
            sum += 1 / Math.Pow(rank + 1, Exponent);
            _cumulated[rank] = sum;
        }

        var numbers = Draw().ToArray();
        var names = Enumerable.Range(0, numbers.Max() + 1).Select(number => Encoding.UTF8.GetBytes($"user:{number * 7_919L:D12}")).ToArray();
        All = [.. numbers.Select(number => (number, names[number]))];
    }

    public IReadOnlyList<(int Number, byte[] Name)> All { get; }

    private IEnumerable<int> Draw()
    {
        var cold = Keys;
        for (var i = 1; i <= Requests; i++)
        {
            var drawn = Array.BinarySearch(_cumulated, _random.NextDouble() * _cumulated[^1]);
            yield return drawn < 0 ? Math.Min(~drawn, Keys - 1) : drawn;
            for (var scanned = 0; i % ScanEvery == 0 && scanned < ScanLength; scanned++)
            {
                yield return cold++;
            }
        }
    }
}
