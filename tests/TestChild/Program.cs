using System.Globalization;
using Armature.Processes;
using Armature.TestChild;

// The first argument is a mode; tests/Grains.Tests/Processes starts them, tests/Providers.Tests/Storage the writer of
// records, and tests/Client.Tests/Rendering the publishers of a site.
return args switch
{
    [] => ChildConsole.Run(new CommandHandler(static () => { })),
    ["ready-when", var file] => ChildConsole.Run(new CommandHandler(() => Gate.WaitForFile(file))),
    ["never-ready"] => ChildConsole.Run(new CommandHandler(static () => Gate.WaitForEver())),
    ["fails-to-start"] => RawChild.FailToStart(),
    ["fails-while", var file] => File.Exists(file) ? RawChild.FailToStart() : ChildConsole.Run(new CommandHandler(static () => { })),
    ["ready-then-dies", var log] => RawChild.BeReadyThenDie(log),
    ["deaf"] => RawChild.BeDeaf(),
    ["garbage-first"] => RawChild.WriteGarbage(),
    ["wants", var capacity] => RawChild.Want(int.Parse(capacity, CultureInfo.InvariantCulture)),
    ["records", var folder] => await RecordWriter.RunAsync(folder),
    ["site", var folder, var changed] => await SitePublisher.RunAsync(folder, int.Parse(changed, CultureInfo.InvariantCulture)),
    ["site", var folder, var html, var size] => await SitePublisher.RunOnceAsync(folder, html, int.Parse(size, CultureInfo.InvariantCulture)),
    ["owner", var mode, var size] => await PoolOwner.RunAsync(mode, int.Parse(size, CultureInfo.InvariantCulture)),
    _ => throw new ArgumentException($"Unknown mode: {string.Join(' ', args)}"),
};
