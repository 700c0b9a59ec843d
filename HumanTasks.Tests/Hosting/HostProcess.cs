using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HumanTasks.Tests.Hosting;

/// <summary>
/// The standalone host as a process of its own, on a free loopback port and a data folder that goes with it. It can be
/// killed or stopped, and started again on the same folder and port.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const string Assembly = "HumanTasks.Standalone.dll";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly HostSettings settings;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("humantasks-");
    private Process? process;

    public HostProcess(HostSettings settings, Uri? address = null)
    {
        this.settings = settings;
        Address = address ?? FreeAddress();
        AppDomain.CurrentDomain.ProcessExit += Leave;
    }

    public Uri Address { get; }

    /// <summary>A loopback address where nobody listens.</summary>
    public static Uri FreeAddress() => new($"http://{FreeEndpoint()}");

    /// <summary>Made by the host itself at its first start.</summary>
    public string DataFolder => Path.Combine(folder.FullName, "data");

    /// <summary>A folder beside it, which goes with the host, too.</summary>
    public string Beside(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Of the newest start.</summary>
    public HostOutput Output { get; private set; } = new();

    /// <summary>How many threads it has now.</summary>
    public int Threads
    {
        get
        {
            process!.Refresh();
            return process.Threads.Count;
        }
    }

    /// <summary>The key that the first start printed.</summary>
    public string ApiKey { get; private set; } = "";

    public static async Task<HostProcess> StartNewAsync(HostSettings settings)
    {
        var host = new HostProcess(settings);
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts, and comes back when the host says that it is ready.</summary>
    /// <param name="key">The key of an installation that is there already.</param>
    /// <param name="arguments">For the command line.</param>
    public async Task StartAsync(string? key = null, params string[] arguments)
    {
        ApiKey = key ?? ApiKey;
        Launch(arguments);
        await AnswerAsync("/health/ready");
        if (ApiKey.Length == 0)
        {
            ApiKey = await Output.ApiKey.WaitAsync(StartLimit);
        }
    }

    /// <summary>Starts a host that is expected to give up, or to do something and end; answers its exit code.</summary>
    public async Task<int> FailToStartAsync(params string[] arguments)
    {
        Launch(arguments);
        return await EndAsync(StartLimit);
    }

    /// <summary>Runs a second process with the same settings beside this one; answers its exit code and what it said.</summary>
    public async Task<(int Code, string Said)> RunBesideAsync(params string[] arguments)
    {
        using var other = new Process { StartInfo = StartInfo(arguments) };
        other.Start();
        var said = other.StandardOutput.ReadToEndAsync();
        var complained = other.StandardError.ReadToEndAsync();
        await other.WaitForExitAsync();
        return (other.ExitCode, await said + await complained);
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await EndAsync(StopLimit);
    }

    /// <summary>SIGTERM; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await term.WaitForExitAsync();
        return await EndAsync(StopLimit);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Leave;
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private void Launch(params string[] arguments)
    {
        process?.Dispose();
        var output = Output = new HostOutput();
        process = new Process { StartInfo = StartInfo(arguments) };
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, Assembly), "--urls", Address.ToString(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsOfAHost).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = settings.Development ? "Development" : "Production";
        start.Environment["Logging__LogLevel__Microsoft"] = "Warning";
        start.Environment["HumanTasks__DataFolder"] = DataFolder;
        foreach (var (key, value) in settings.Configuration)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    /// <summary>Starts, and comes back when the host lives, ready or not.</summary>
    public Task StartUnreadyAsync()
    {
        Launch();
        return AnswerAsync("/health/live");
    }

    private async Task AnswerAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartLimit)
        {
            if (process!.HasExited)
            {
                throw new InvalidOperationException($"The host ended with {await EndAsync(StopLimit)}:\n{Output.Text}");
            }

            try
            {
                using var answer = await http.GetAsync(path);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(LookEvery);
        }

        throw new TimeoutException($"The host was not ready within {StartLimit}:\n{Output.Text}");
    }

    /// <summary>Also waits until everything that was printed has been read.</summary>
    private async Task<int> EndAsync(TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        try
        {
            await process!.WaitForExitAsync(time.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process!.Kill();
            throw new TimeoutException($"The host did not end within {limit}:\n{Output.Text}");
        }
    }

    private void Leave(object? sender, EventArgs e)
    {
        if (process is { HasExited: false })
        {
            process.Kill();
        }
    }

    private static bool IsOfAHost(string variable) =>
        variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("HumanTasks_", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("DOTNET_STARTUP_HOOKS", StringComparison.OrdinalIgnoreCase)
        || variable.Equals("URLS", StringComparison.OrdinalIgnoreCase)
        || variable.Equals("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase);

    private static IPEndPoint FreeEndpoint()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
