using System.CommandLine;
using Armature.Batching;
using Armature.Caching;
using Armature.Clustering;
using Armature.Images;
using Armature.Rendering;
using Armature.Samples;
using Armature.Serving;
using Armature.Terminal;
using Armature.Validation;

namespace Armature.CommandLine;

/// <summary>The whole command: reads its line, runs the verb, and turns what can go wrong into words and an exit code.</summary>
internal sealed class CommandApp(CommandConsole console, TimeProvider timeProvider)
{
    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Contains(""))
        {
            console.Error.WriteLine("armature: One of the arguments is empty. Is a variable of the shell not set?");
            return ExitCode.BadUsage;
        }

        var command = CreateCommand();
        if (args.Length == 0)
        {
            console.Error.WriteLine("armature: Give a verb.");
            await command.Parse("--help").InvokeAsync(new InvocationConfiguration { Output = console.Error }, cancellationToken);
            return ExitCode.BadUsage;
        }

        var parsed = command.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
            {
                console.Error.WriteLine($"armature: {error}");
            }

            console.Error.WriteLine("armature: 'armature --help' and 'armature VERB --help' say what there is.");
            return ExitCode.BadUsage;
        }

        return await InvokeAsync(parsed, cancellationToken);
    }

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // Signals and exceptions are this program's own business: see Program and below.
        var configuration = new InvocationConfiguration
        {
            Output = console.Output,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (UsageException e)
        {
            console.Error.WriteLine($"armature: {e.Message}");
            return ExitCode.BadUsage;
        }
        catch (CallUnansweredException e)
        {
            console.Error.WriteLine($"armature: {e.Message}");
            return ExitCode.BadUsage;
        }
        catch (ArmatureException e)
        {
            console.Error.WriteLine($"armature: {VisibleText.OfLines(e.Message)}");
            return ExitCode.SomeFailed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or nobody reads what is written.
            console.Error.WriteLine($"armature: {e.Message}");
            return ExitCode.SomeFailed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Error.WriteLine("armature: cancelled; nothing was done.");
            return ExitCode.Cancelled;
        }
    }

    private ArmatureCommand CreateCommand()
    {
        var command = new ArmatureCommand();
        command.Images.SetAction((parsed, cancellationToken) => new ImagesVerb(console, timeProvider).RunAsync(command.Images.Read(parsed), cancellationToken));
        command.Samples.SetAction((parsed, cancellationToken) => new SamplesVerb(console, timeProvider).RunAsync(command.Samples.Read(parsed), cancellationToken));
        command.Validate.SetAction((parsed, cancellationToken) => command.Validate.Read(parsed) is { Schema: null } inferred
            ? new InferVerb(console).RunAsync(inferred, cancellationToken)
            : new ValidateVerb(console, timeProvider).RunAsync(command.Validate.Read(parsed), cancellationToken));
        command.Render.SetAction((parsed, cancellationToken) => new RenderVerb(console, timeProvider).RunAsync(command.Render.Read(parsed), cancellationToken));
        command.Serve.SetAction((parsed, cancellationToken) => new ServeVerb(console).RunAsync(command.Serve.Read(parsed), cancellationToken));
        command.Cluster.SetAction((parsed, cancellationToken) => new ClusterVerb(console, command.Cluster.Read(parsed), timeProvider).RunAsync(cancellationToken));
        SetBatchesActions(command.Batches);
        SetCacheActions(command.Cache);
        AskForVerb(command, "armature --help");
        AskForVerb(command.Batches, "armature batches --help");
        AskForVerb(command.Cache, "armature cache --help");
        return command;
    }

    // A command of verbs alone does nothing by itself; the parser's own words for that do not name them.
    private static void AskForVerb(Command command, string help)
    {
        var verbs = string.Join(", ", command.Subcommands.Select(verb => verb.Name));
        command.SetAction(Refuse);

        int Refuse(ParseResult parsed) => throw new UsageException($"Give a verb: {verbs}. '{help}' says what they do.");
    }

    private void SetBatchesActions(BatchesCommand batches)
    {
        batches.List.SetAction((parsed, cancellationToken) => Verb(parsed).ListAsync(cancellationToken));
        batches.Watch.SetAction((parsed, cancellationToken) => Verb(parsed).WatchAsync(batches.ReadId(parsed), cancellationToken));
        batches.Cancel.SetAction((parsed, cancellationToken) => Verb(parsed).CancelAsync(batches.ReadId(parsed), cancellationToken));

        BatchesVerb Verb(ParseResult parsed)
        {
            var (cluster, common) = batches.ReadCluster(parsed);
            return new BatchesVerb(console, cluster, common, timeProvider);
        }
    }

    private void SetCacheActions(CacheCommand cache)
    {
        cache.Get.SetAction((parsed, cancellationToken) => Verb(parsed).GetAsync(cache.ReadKeys(parsed), cancellationToken));
        cache.Set.SetAction((parsed, cancellationToken) => Verb(parsed).SetAsync(cache.ReadPairs(parsed), cache.ReadExpiry(parsed), cancellationToken));
        cache.Delete.SetAction((parsed, cancellationToken) => Verb(parsed).DeleteAsync(cache.ReadKeys(parsed), cancellationToken));
        cache.Exists.SetAction((parsed, cancellationToken) => Verb(parsed).ExistsAsync(cache.ReadKeys(parsed), cancellationToken));
        cache.Ttl.SetAction((parsed, cancellationToken) => Verb(parsed).TtlAsync(cache.ReadKeys(parsed), cancellationToken));
        cache.Warm.SetAction((parsed, cancellationToken) =>
        {
            var (cluster, common) = cache.ReadCluster(parsed);
            return new CacheWarmVerb(console, cluster, common, cache.ReadName(parsed), timeProvider).RunAsync(cache.ReadFile(parsed), cache.ReadExpiry(parsed), cancellationToken);
        });

        cache.Stats.SetAction((parsed, cancellationToken) =>
        {
            var (cluster, common) = cache.ReadCluster(parsed);
            return new CacheStatsVerb(console, cluster, common).RunAsync(cancellationToken);
        });

        CacheVerb Verb(ParseResult parsed)
        {
            var (cluster, common) = cache.ReadCluster(parsed);
            return new CacheVerb(console, cluster, common, cache.ReadName(parsed), timeProvider);
        }
    }
}
