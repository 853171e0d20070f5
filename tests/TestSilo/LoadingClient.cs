using System.Globalization;
using Armature.Caching;

namespace Armature.TestSilo;

/// <summary>
/// A client in a process of its own that makes values of a cache. It says each key that it makes, waits in its factory for a file, and
/// says what it got in the end.
/// </summary>
public static class LoadingClient
{
    /// <summary>The mode of the program; behind it come the cache, how many keys, the value of each, and the file.</summary>
    public const string Argument = "load";

    /// <summary>What it says when the factory is to make a key.</summary>
    public static string Making(string key) => $"making {key}.";

    /// <summary>What it says of a key that it got.</summary>
    public static string Got(string key, string value) => $"got {value} for {key}.";

    /// <summary>The keys that it loads.</summary>
    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => $"key-{i}")];

    internal static async Task<int> RunAsync(string[] arguments)
    {
        var (cache, count, value, file) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), arguments[2], arguments[3]);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddArmatureClient(client => client.Redis.ConnectionString = builder.Configuration["Armature:Redis:ConnectionString"]);
        using var host = builder.Build();
        await host.StartAsync();

        var entries = await host.Services.GetRequiredService<ArmatureClient>().Cache<string>(cache).GetOrCreateManyAsync(Keys(count), MakeAsync);
        foreach (var (key, entry) in Keys(count).Zip(entries))
        {
            Console.WriteLine(Got(key, entry.Value));
        }

        await host.StopAsync();
        return 0;

        async Task<IReadOnlyDictionary<string, string>> MakeAsync(IReadOnlyList<string> missing, CancellationToken cancellationToken)
        {
            foreach (var key in missing)
            {
                Console.WriteLine(Making(key));
            }

            while (!File.Exists(file))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }

            return missing.ToDictionary(key => key, _ => value);
        }
    }
}
