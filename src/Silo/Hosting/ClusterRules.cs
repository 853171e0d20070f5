using System.Net;
using Armature.Clustering;
using Armature.Storage;

namespace Armature.Hosting;

/// <summary>The rules that hold between options.</summary>
internal static class ClusterRules
{
    private const SiloRoles AllRoles = SiloRoles.Compute | SiloRoles.Gateway;

    public static IEnumerable<string> Find(ArmatureOptions options) =>
    [
        .. Folder(options),
        .. Address("Armature:Cluster:ListenAddress", options.Cluster.ListenAddress, options.Cluster),
        .. Address("Armature:Http:Address", options.Http.Address, options.Cluster),
        .. Advertised(options.Cluster),
        .. Secret(options.Cluster),
        .. Roles(options),
        .. Membership(options.Cluster.Membership),
        .. Ports(options),
        .. Redis(options.Redis),
        .. Storage(options.Storage),
        .. Records(options),
        .. Retention(options.Batching),
        .. Cache(options),
    ];

    private static IEnumerable<string> Folder(ArmatureOptions options)
    {
        if (!string.IsNullOrEmpty(options.DataFolder) && !Path.IsPathFullyQualified(options.DataFolder))
        {
            yield return $"Armature:DataFolder is '{options.DataFolder}' but must be a full path.";
        }
    }

    private static IEnumerable<string> Retention(BatchingOptions batching)
    {
        if (batching.DurableRetention < batching.ResultRetention)
        {
            yield return $"Armature:Batching:DurableRetention is {batching.DurableRetention} but must be at least "
                + $"Armature:Batching:ResultRetention, which is {batching.ResultRetention}: results are kept in memory for that long.";
        }
    }

    private static IEnumerable<string> Address(string key, string value, ClusterOptions cluster)
    {
        if (string.IsNullOrEmpty(value))
        {
            yield break;
        }

        if (!IPAddress.TryParse(value, out var address))
        {
            yield return $"{key} is '{value}' but must be an IP address, such as 127.0.0.1 or 0.0.0.0.";
        }
        else if (!IPAddress.IsLoopback(address) && string.IsNullOrEmpty(cluster.Secret))
        {
            yield return $"{key} is {value}, which other machines reach, but Armature:Cluster:Secret is not set. "
                + $"Give all members and clients one secret of at least {ClusterOptions.MinSecretLength} characters, or listen on 127.0.0.1.";
        }
    }

    private static IEnumerable<string> Advertised(ClusterOptions cluster)
    {
        if (string.IsNullOrEmpty(cluster.AdvertisedAddress))
        {
            yield break;
        }

        if (!IPAddress.TryParse(cluster.AdvertisedAddress, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            yield return $"Armature:Cluster:AdvertisedAddress is '{cluster.AdvertisedAddress}' but must be an IP address that other members can dial.";
        }
    }

    private static IEnumerable<string> Secret(ClusterOptions cluster)
    {
        if (cluster.Secret is { Length: > 0 } blank && string.IsNullOrWhiteSpace(blank))
        {
            yield return $"Armature:Cluster:Secret is nothing but white space. Give at least {ClusterOptions.MinSecretLength} characters that nobody guesses, or leave it out.";
        }
        else if (cluster.Secret is { Length: > 0 and < ClusterOptions.MinSecretLength } secret)
        {
            yield return $"Armature:Cluster:Secret has {secret.Length} characters but needs at least {ClusterOptions.MinSecretLength}.";
        }
    }

    private static IEnumerable<string> Roles(ArmatureOptions options)
    {
        if (options.Cluster.Roles == SiloRoles.None || (options.Cluster.Roles & ~AllRoles) != 0)
        {
            yield return $"Armature:Cluster:Roles is '{options.Cluster.Roles}' but must be Compute, Gateway or both.";
        }
        else if (options.Cluster.Roles == SiloRoles.Gateway && !options.Redis.IsConfigured)
        {
            yield return "Armature:Cluster:Roles is Gateway alone, which finds its silos in Redis, but Armature:Redis:ConnectionString is not set.";
        }
    }

    private static IEnumerable<string> Membership(MembershipOptions membership)
    {
        if (membership.MaxProbeTimeout < membership.ProbeTimeout)
        {
            yield return $"Armature:Cluster:Membership:MaxProbeTimeout is {membership.MaxProbeTimeout} but must not be below ProbeTimeout, which is {membership.ProbeTimeout}.";
        }

        if (membership.LeaseDuration >= membership.EarliestDetection)
        {
            yield return $"Armature:Cluster:Membership:LeaseDuration is {membership.LeaseDuration} but must be below {membership.EarliestDetection}, "
                + "the earliest time after which others may declare this silo dead: shorten it, or raise ProbeTimeout or MissedProbes.";
        }
    }

    private static IEnumerable<string> Ports(ArmatureOptions options)
    {
        var taken = new Dictionary<int, string>();
        foreach (var (key, port) in new[]
        {
            ("Armature:Cluster:SiloPort", options.Cluster.SiloPort),
            ("Armature:Cluster:GatewayPort", options.Cluster.GatewayPort),
            ("Armature:Http:Port", options.Http.Port ?? 0),
        })
        {
            if (port != 0 && !taken.TryAdd(port, key))
            {
                yield return $"{key} is {port}, and so is {taken[port]}: each needs its own.";
            }
        }
    }

    private static IEnumerable<string> Redis(RedisOptions redis) =>
        redis.IsConfigured && !redis.CanConnect()
            ? ["Armature:Redis:ConnectionString is not one (its text is not repeated here: it may hold a password). An example: localhost:6379."]
            : [];

    private static IEnumerable<string> Cache(ArmatureOptions options)
    {
        var redis = options.Caching.Redis;
        if (!string.IsNullOrWhiteSpace(redis.ConnectionString))
        {
            return new RedisOptions { ConnectionString = redis.ConnectionString }.CanConnect()
                ? []
                : ["Armature:Caching:Redis:ConnectionString is not one (its text is not repeated here: it may hold a password). An example: localhost:6379."];
        }

        return redis.Enabled && !options.Redis.IsConfigured
            ? ["Armature:Caching:Redis:Enabled is true, but neither Armature:Redis:ConnectionString nor Armature:Caching:Redis:ConnectionString is set: the cache needs a Redis to keep its entries in."]
            : [];
    }

    private static IEnumerable<string> Storage(StorageOptions storage)
    {
        (string Key, bool IsSet)[] places =
        [
            ("Armature:Storage:Folder", !string.IsNullOrEmpty(storage.Folder)),
            ("Armature:Storage:AzureConnectionString", !string.IsNullOrEmpty(storage.AzureConnectionString)),
            ("Armature:Storage:AzureServiceUri", storage.AzureServiceUri is not null),
        ];
        string[] chosen = [.. places.Where(place => place.IsSet).Select(place => place.Key)];
        return
        [
            .. chosen.Length > 1 ? [$"{string.Join(" and ", chosen)} are set, but blobs are kept in one place: leave one of them."] : Array.Empty<string>(),
            .. Azure(storage),
        ];
    }

    private static IEnumerable<string> Azure(StorageOptions storage)
    {
        if (storage.AzureConnectionString is { Length: > 0 } connection && !AzureContainer.CanRead(connection))
        {
            yield return "Armature:Storage:AzureConnectionString is not one (its text is not repeated here: it may hold a key). "
                + "It looks like DefaultEndpointsProtocol=https;AccountName=NAME;AccountKey=KEY;EndpointSuffix=core.windows.net.";
        }

        if (storage.AzureServiceUri is { } uri && !(uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)))
        {
            yield return "Armature:Storage:AzureServiceUri is no address (its text is not repeated here: it may hold a signature). "
                + "It looks like https://ACCOUNT.blob.core.windows.net.";
        }
    }

    private static IEnumerable<string> Records(ArmatureOptions options)
    {
        if (options.Storage.Records == RecordStoreKind.Redis && !options.Redis.IsConfigured)
        {
            yield return "Armature:Storage:Records is Redis, but Armature:Redis:ConnectionString is not set.";
        }
        else if (options.Storage.Records is RecordStoreKind.Sqlite or RecordStoreKind.Memory && options.Redis.IsConfigured)
        {
            yield return $"Armature:Storage:Records is {options.Storage.Records}, which one silo has for itself, but Armature:Redis:ConnectionString makes "
                + "this silo a member of a cluster, whose records all members must reach. Leave it at Auto, or set it to Redis.";
        }
    }
}
