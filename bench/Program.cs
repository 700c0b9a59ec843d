using System.Globalization;
using HumanTasks.Bench;
using HumanTasks.Bench.Hosts;
using HumanTasks.Bench.Load;

if (args is ["bare", .. var rest])
{
    await BareHost.RunAsync(rest);
    return 0;
}

if (Options.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(Options.Usage);
    return 2;
}

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SocketThread.UseOne();
Leftovers.ClearAtExit();

try
{
    return await Measurement.RunAsync(options, Console.Out, Console.Error);
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
