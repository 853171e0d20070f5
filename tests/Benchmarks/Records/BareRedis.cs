using System.Threading.Channels;
using StackExchange.Redis;

namespace Armature.Benchmarks;

/// <summary>StackExchange.Redis with a group commit as one would write it by hand: a loop, and a script that checks the owner and sets fields.</summary>
internal sealed class BareRedis : IAsyncDisposable
{
    private const string Script = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[2], unpack(ARGV, 2))
        return 1
        """;

    private static readonly RedisKey[] Keys = ["{bare}/epoch", "{bare}/records"];

    private readonly Channel<(string Key, byte[] Value, TaskCompletionSource Done)> _waiting =
        Channel.CreateUnbounded<(string, byte[], TaskCompletionSource)>(new() { SingleReader = true });

    private readonly IDatabase _database;
    private readonly Task _running;

    public BareRedis(IDatabase database)
    {
        _database = database;
        _database.StringSet(Keys[0], 1);
        _running = RunAsync();
    }

    public Task PutAsync(string key, byte[] value)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite((key, value, done));
        return done.Task;
    }

    public async Task<(int Records, long Bytes)> ScanAsync()
    {
        // HSCAN may give a field twice.
        var given = new HashSet<string>(StringComparer.Ordinal);
        var (records, bytes) = (0, 0L);
        await foreach (var field in _database.HashScanAsync(Keys[1], pageSize: 1_000))
        {
            var name = (string)field.Name!;
            if (given.Add(name))
            {
                bytes += name.Length + ((byte[])field.Value!).Length;
                records++;
            }
        }

        return (records, bytes);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _running;
    }

    private async Task RunAsync()
    {
        var arguments = new List<RedisValue>();
        var group = new List<TaskCompletionSource>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            arguments.Add(1);
            while (group.Count < 1_000 && _waiting.Reader.TryRead(out var next))
            {
                arguments.Add(next.Key);
                arguments.Add(next.Value);
                group.Add(next.Done);
            }

            if ((int)await _database.ScriptEvaluateAsync(Script, Keys, [.. arguments]) != 1)
            {
                throw new InvalidOperationException("The baseline lost its epoch.");
            }

            group.ForEach(done => done.SetResult());
            group.Clear();
            arguments.Clear();
        }
    }
}
