using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Armature.Benchmarks;

/// <summary>
/// What somebody writes by hand for this one file: each thread takes the next part of the file, splits it 64 bytes at a time, checks its
/// rows in straight-line code, and enters the ids into one table of numbers that all threads share. Counts broken rules, and nothing else.
/// </summary>
internal sealed class PlainFileLoop(string path, int rows)
{
    private const int PartBytes = 1 << 20;
    private const int LongestRow = 4 << 10;
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Countries = new HashSet<string>(Row.Countries).GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;
    private static readonly int LastDay = new DateOnly(2029, 12, 31).DayNumber;
    private static readonly SearchValues<byte> UriCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%"u8);
    private static readonly SearchValues<byte> LocalCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-"u8);
    private static readonly SearchValues<byte> DomainCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"u8);

    private readonly long[] _ids = new long[BitOperations.RoundUpToPowerOf2((uint)rows * 2)];
    private long _next;
    private long _broken;

    /// <summary>How many rules are broken.</summary>
    public async Task<long> RunAsync(int threads)
    {
        Array.Clear(_ids);
        _next = 0;
        _broken = 0;
        using var file = File.OpenHandle(path);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() => Work(file))));
        return _broken;
    }

    private void Work(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var buffer = new byte[PartBytes + LongestRow + Vector512<byte>.Count];
        Span<int> ends = stackalloc int[16];
        long broken = 0;
        while (true)
        {
            var offset = Interlocked.Add(ref _next, PartBytes) - PartBytes;
            var count = RandomAccess.Read(file, buffer.AsSpan(0, PartBytes + LongestRow), offset);
            if (count <= 0)
            {
                break;
            }

            // A row belongs to the part in which it begins; the header and what began in the part before are passed over.
            var bytes = buffer.AsSpan(0, count);
            var begin = bytes.IndexOf((byte)'\n') + 1;
            broken += Split(bytes, begin, Math.Min(count, PartBytes), ends);
        }

        Interlocked.Add(ref _broken, broken);
    }

    private long Split(ReadOnlySpan<byte> bytes, int begin, int limit, Span<int> ends)
    {
        long broken = 0;
        var cells = 0;
        var row = begin;
        for (var block = begin; block < bytes.Length; block += 64)
        {
            var stops = Stops(bytes, block);
            while (stops != 0)
            {
                var at = block + BitOperations.TrailingZeroCount(stops);
                stops &= stops - 1;
                ends[cells++] = at;
                if (bytes[at] == (byte)'\n')
                {
                    broken += Check(bytes, row, ends);
                    cells = 0;
                    row = at + 1;
                    if (row > limit)
                    {
                        return broken;
                    }
                }
            }
        }

        return broken;
    }

    private static ulong Stops(ReadOnlySpan<byte> bytes, int block)
    {
        if (bytes.Length - block < 64)
        {
            Span<byte> last = stackalloc byte[64];
            last.Clear();
            bytes[block..].CopyTo(last);
            return Stops(last, 0);
        }

        var vector = Vector512.Create(bytes.Slice(block, 64));
        return (Vector512.Equals(vector, Vector512.Create((byte)',')) | Vector512.Equals(vector, Vector512.Create((byte)'\n'))).ExtractMostSignificantBits();
    }

    private long Check(ReadOnlySpan<byte> bytes, int begin, ReadOnlySpan<int> ends)
    {
        long broken = 0;
        var id = bytes[begin..ends[0]];
        if (!Utf8Parser.TryParse(id, out long number, out var used) || used != id.Length || number < 1 || !Enter(number))
        {
            broken++;
        }

        var email = bytes[(ends[0] + 1)..ends[1]];
        broken += email.IsEmpty || email.Length > 100 || !IsEmail(email) ? 1 : 0;
        var name = bytes[(ends[1] + 1)..ends[2]];
        broken += name.IsEmpty || name.Length > 100 ? 1 : 0;
        var age = bytes[(ends[2] + 1)..ends[3]];
        broken += !Utf8Parser.TryParse(age, out int years, out used) || used != age.Length || years is < 18 or > 130 ? 1 : 0;
        var country = bytes[(ends[3] + 1)..ends[4]];
        broken += country.Length == 2 && Countries.Contains([(char)country[0], (char)country[1]]) ? 0 : 1;
        broken += IsDate(bytes[(ends[4] + 1)..ends[5]]) ? 0 : 1;
        var amount = bytes[(ends[5] + 1)..ends[6]];
        broken += !Utf8Parser.TryParse(amount, out decimal money, out used) || used != amount.Length || money < 0.01m ? 1 : 0;
        var uuid = bytes[(ends[6] + 1)..ends[7]];
        broken += Utf8Parser.TryParse(uuid, out Guid _, out used) && used == uuid.Length ? 0 : 1;
        broken += IsUrl(bytes[(ends[7] + 1)..ends[8]]) ? 0 : 1;
        var phone = ends[9] - ends[8] - 1;
        return broken + (phone is < 9 or > 15 ? 1 : 0);
    }

    private bool Enter(long id)
    {
        var mask = _ids.Length - 1;
        for (var at = (int)((ulong)id * 0x9E3779B97F4A7C15 >> 40) & mask; ; at = (at + 1) & mask)
        {
            var there = Interlocked.CompareExchange(ref _ids[at], id, 0);
            if (there == 0)
            {
                return true;
            }

            if (there == id)
            {
                return false;
            }
        }
    }

    private static bool IsEmail(ReadOnlySpan<byte> email)
    {
        var at = email.IndexOf((byte)'@');
        return at > 0 && at < email.Length - 1
            && email[..at].IndexOfAnyExcept(LocalCharacters) < 0
            && email[(at + 1)..].IndexOfAnyExcept(DomainCharacters) < 0;
    }

    private static bool IsUrl(ReadOnlySpan<byte> url)
    {
        var colon = url.IndexOf((byte)':');
        return colon > 0 && url.IndexOfAnyExcept(UriCharacters) < 0;
    }

    private static bool IsDate(ReadOnlySpan<byte> date)
    {
        if (date.Length != 10 || date[4] != '-' || date[7] != '-')
        {
            return false;
        }

        var year = (Digit(date[0]) * 1000) + (Digit(date[1]) * 100) + (Digit(date[2]) * 10) + Digit(date[3]);
        var month = (Digit(date[5]) * 10) + Digit(date[6]);
        var day = (Digit(date[8]) * 10) + Digit(date[9]);
        return year is > 0 and < 10_000 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            && new DateOnly(year, month, day).DayNumber is var number && number >= FirstDay && number <= LastDay;
    }

    private static int Digit(byte character) => character is >= (byte)'0' and <= (byte)'9' ? character - '0' : 1_000_000;
}
