using Armature.CommandLine;
using Microsoft.Extensions.Logging.Console;

namespace Armature.Hosting;

/// <summary>Logs go to standard error, so that standard output has the result alone.</summary>
internal static class CommandLogging
{
    public static void AddTo(ILoggingBuilder logging, Verbosity verbosity)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(verbosity is Verbosity.Verbose ? LogLevel.Information : LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // The command says it in plain words.
        if (verbosity is Verbosity.Quiet)
        {
            logging.AddFilter("Orleans.Runtime.Scheduler", LogLevel.Error); // Warns of a slow turn whenever the machine is busy.
            logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Critical); // A start that fails or is cancelled is the command's to tell.
            logging.AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error); // Looks for another gateway many times a second when the last is gone.
            foreach (var (category, level) in OrleansNoise.Filters)
            {
                logging.AddFilter<ConsoleLoggerProvider>(category, level); // Counts before what the host says of the same category.
            }
        }

        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
