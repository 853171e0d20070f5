using System.Globalization;
using Armature.Benchmarks;

if (args is [BenchmarkClusterSilo.Argument, var slowness])
{
    return await BenchmarkClusterSilo.RunAsync(int.Parse(slowness, CultureInfo.InvariantCulture));
}

if (args is [FileProcess.Argument, var file])
{
    return await FileProcess.RunAsync(file);
}

var suites = new Dictionary<string, Func<Task<IReadOnlyList<BenchmarkCase>>>>(StringComparer.Ordinal)
{
    ["fanout"] = FanoutSuite.RunAsync,
    ["images"] = ImagesSuite.RunAsync,
    ["records"] = RecordsSuite.RunAsync,
    ["cluster"] = ClusterSuite.RunAsync,
    ["cache"] = CacheSuite.RunAsync,
    ["validation"] = ValidationSuite.RunAsync,
    ["rendering"] = RenderingSuite.RunAsync,
    ["durable"] = DurableSuite.RunAsync,
};

if (args.Length is not (1 or 3) || !suites.TryGetValue(args[0], out var run) || (args.Length == 3 && args[1] != "--json"))
{
    Console.Error.WriteLine($"Usage: Armature.Orleans.Benchmarks SUITE [--json FILE]. Suites: {string.Join(", ", suites.Keys)}.");
    return 2;
}

var cases = await run();
BenchmarkReport.Print(args[0], cases);
if (args.Length == 3)
{
    await BenchmarkReport.WriteAsync(args[0], cases, args[2]);
}

return 0;
