using CsvHelper;

namespace Armature.Benchmarks;

/// <summary>
/// CsvHelper 34 and FluentValidation: each thread reads its share of the file into one record that is refilled, checks it, and enters
/// the id into a set of its own; the sets are compared at the end. CsvHelper's own ParallelEnumerate, tried too, takes as long.
/// </summary>
internal sealed class PeerFileLoop(string path, int rows)
{
    private readonly FileRowValidator _validator = new();

    /// <summary>How many rules are broken.</summary>
    public async Task<long> RunAsync(int threads)
    {
        var begins = Begins(threads);
        var shares = await Task.WhenAll(Enumerable.Range(0, threads).Select(i => Task.Run(() => Work(begins[i], begins[i + 1], rows / threads))));
        var all = shares[0].Ids;
        return shares.Sum(static share => share.Broken) + shares.Skip(1).Sum(share => share.Ids.Count(id => !all.Add(id)));
    }

    private (long Broken, HashSet<long> Ids) Work(long begin, long end, int expected)
    {
        using var file = File.OpenRead(path);
        file.Position = begin;
        using var reader = CsvReader.Create(new ShareStream(file, end - begin), new() { Separator = ',', HasHeader = false, BufferSize = 256 << 10 });
        var ids = new HashSet<long>(expected);
        long broken = 0;
        foreach (var row in reader.EnumerateRecords(new FileRow()))
        {
            broken += _validator.Validate(row).Errors.Count;
            broken += ids.Add(row.Id) ? 0 : 1;
        }

        return (broken, ids);
    }

    /// <summary>Where each share begins: behind the header, or where the next line does.</summary>
    private long[] Begins(int threads)
    {
        using var file = File.OpenRead(path);
        var begins = new long[threads + 1];
        for (var i = 0; i < threads; i++)
        {
            file.Position = file.Length / threads * i;
            while (file.ReadByte() != '\n')
            {
            }

            begins[i] = file.Position;
        }

        begins[threads] = file.Length;
        return begins;
    }

    /// <summary>The next bytes of a stream and no more.</summary>
    private sealed class ShareStream(Stream inner, long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
