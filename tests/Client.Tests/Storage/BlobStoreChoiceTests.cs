using Microsoft.Extensions.DependencyInjection;

namespace Armature.Storage;

public sealed class BlobStoreChoiceTests
{
    private static readonly Dictionary<string, Action<IServiceCollection>> Choices = new()
    {
        ["folder"] = services => services.UseFolderBlobs("/srv/blobs"),
        ["azure"] = services => services.UseAzureBlobs(),
        ["memory"] = services => services.UseInMemoryBlobs(),
        ["cluster"] = services => services.UseClusterBlobs(),
    };

    public static TheoryData<string, string> Pairs =>
        [.. from first in Choices.Keys from second in Choices.Keys select (first, second)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void UseBlobs_Twice_TheLaterReplacesTheEarlier(string first, string second)
    {
        var services = new ServiceCollection();
        Choices[first](services);
        var earlier = Chosen(services);

        Choices[second](services);

        Chosen(services).ShouldNotBeSameAs(earlier);
    }

    private static ServiceDescriptor Chosen(IServiceCollection services) =>
        services.Where(service => service.ServiceType == typeof(IBlobStore)).ShouldHaveSingleItem();
}
