using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Armature.CommandLine;
using Armature.Hosting;

namespace Armature.Serving;

/// <summary><c>armature serve</c>: a silo that other commands and programs work on.</summary>
internal sealed class ServeCommand : Command
{
    private readonly Option<string?> _redis = new("--redis")
    {
        Description = "Join the cluster of this Redis. Without it the silo is alone on this machine, found by --cluster local.",
        HelpName = "HOST:PORT",
    };

    private readonly Option<SiloRoles?> _roles = new("--roles")
    {
        Description = "What the process does: compute, gateway or both. [default: compute,gateway]",
        HelpName = "ROLES",
        CustomParser = ReadRoles,
    };

    private readonly Option<int?> _siloPort = Port("--silo-port", "The port for other silos; 0 takes a free one. [default: 11111; free with --redis]");
    private readonly Option<int?> _gatewayPort = Port("--gateway-port", "The port for Orleans clients; 0 takes a free one. [default: 30000; free with --redis]");
    private readonly Option<int?> _httpPort = Port("--http-port", "The port for HTTP; 0 takes a free one. [default: 5000; free with --redis]");

    private readonly CommonOptions _common;

    public ServeCommand(CommonOptions common)
        : base("serve", "Runs a silo until it is stopped by Ctrl-C or SIGTERM.")
    {
        _common = common;
        Add(_redis);
        Add(_roles);
        Add(_siloPort);
        Add(_gatewayPort);
        Add(_httpPort);
        _redis.Validators.Add(RefuseNoAddress);
        Validators.Add(RefuseCluster);
    }

    public ServeArguments Read(ParseResult parsed) => new()
    {
        Redis = parsed.GetValue(_redis),
        Roles = parsed.GetValue(_roles),
        SiloPort = parsed.GetValue(_siloPort),
        GatewayPort = parsed.GetValue(_gatewayPort),
        HttpPort = parsed.GetValue(_httpPort),
        Common = CommonArguments.Read(parsed, _common),
    };

    private static Option<int?> Port(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535)
            {
                return port;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no port. Give a number from 0 to 65535.");
            return null;
        },
    };

    private static SiloRoles? ReadRoles(ArgumentResult result)
    {
        var roles = SiloRoles.None;
        foreach (var word in result.Tokens[0].Value.Split(','))
        {
            if (!Enum.TryParse<SiloRoles>(word, ignoreCase: true, out var role) || role is not (SiloRoles.Compute or SiloRoles.Gateway))
            {
                result.AddError($"'{word}' is no role. Give compute, gateway, or compute,gateway.");
                return null;
            }

            roles |= role;
        }

        return roles;
    }

    private static void RefuseNoAddress(OptionResult result)
    {
        if (result.GetValueOrDefault<string?>() is { } redis && !ClusterAddress.IsHostAndPort(redis))
        {
            result.AddError($"'{redis}' is no address. Give the Redis as HOST:PORT, such as localhost:6379; a password comes from ARMATURE__REDIS__CONNECTIONSTRING.");
        }
    }

    private void RefuseCluster(CommandResult result)
    {
        if (result.GetResult(_common.Cluster) is { Implicit: false })
        {
            result.AddError("'serve' is a part of a cluster and works on none: give --redis to join one, and --cluster to the verbs that use it.");
        }
    }
}
