using System.CommandLine;
using Armature.Batching;
using Armature.Caching;
using Armature.Clustering;
using Armature.Images;
using Armature.Rendering;
using Armature.Samples;
using Armature.Serving;
using Armature.Validation;

namespace Armature.CommandLine;

/// <summary>The tree of all verbs.</summary>
internal sealed class ArmatureCommand : RootCommand
{
    public ArmatureCommand()
        : base("Hand it a batch, and every core of every machine works on it.")
    {
        Common = new CommonOptions();
        Images = new ImagesCommand(Common);
        Samples = new SamplesCommand(Common);
        Batches = new BatchesCommand(Common);
        Cache = new CacheCommand(Common);
        Validate = new ValidateCommand(Common);
        Render = new RenderCommand(Common);
        Cluster = new ClusterCommand(Common);
        Serve = new ServeCommand(Common);
        Options.Add(Common.Cluster);
        Options.Add(Common.Json);
        Options.Add(Common.Verbose);
        foreach (var verb in new Command[] { Images, Samples, Batches, Cache, Validate, Render, Cluster, Serve })
        {
            Subcommands.Add(verb);
        }
    }

    public CommonOptions Common { get; }

    public ImagesCommand Images { get; }

    public SamplesCommand Samples { get; }

    public BatchesCommand Batches { get; }

    public CacheCommand Cache { get; }

    public ValidateCommand Validate { get; }

    public RenderCommand Render { get; }

    public ClusterCommand Cluster { get; }

    public ServeCommand Serve { get; }
}
