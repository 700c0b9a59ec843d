using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HumanTasks.Bench.Http;
using HumanTasks.Bench.Load;

namespace HumanTasks.Bench.Hosts;

/// <summary>A host in a separate process that has reported that it is ready.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    private readonly Process _process;
    private readonly HostOutput _output = new();
    private readonly long _started;
    private bool _stopped;

    private HostProcess(HostCommand command)
    {
        Endpoint = FreeEndpoint();
        _process = new Process { StartInfo = StartInfo(command, Endpoint) };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        _started = Stopwatch.GetTimestamp();
        _process.Start();
        Leftovers.Add(_process);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IPEndPoint Endpoint { get; }

    public TimeSpan StartToFirstAnswer { get; private set; }

    public ProcessMemory Memory => ProcessMemory.Of(_process);

    public int ThreadCount
    {
        get
        {
            _process.Refresh();
            return _process.Threads.Count;
        }
    }

    public ThreadTimes Threads => ThreadTimes.Of(_process.Id);

    public TimeSpan SinceStart => Stopwatch.GetElapsedTime(_started);

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<HostProcess> StartAsync(HostCommand command)
    {
        var host = new HostProcess(command);

        try
        {
            await host.BecomeReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the API key, which is printed once in the life of a data folder.</summary>
    public async Task<string> ApiKeyAsync()
    {
        try
        {
            return await _output.ApiKey.WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            throw new InvalidDataException($"The host printed no API key.\n{_output.Tail}");
        }
    }

    /// <summary>Sends SIGTERM; returns how long the host took to stop.</summary>
    public async Task<TimeSpan> StopAsync()
    {
        var asked = Stopwatch.GetTimestamp();
        _stopped = true;
        Termination.Request(_process);

        using var limit = new CancellationTokenSource(StopLimit);

        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The host did not stop within {StopLimit}.\n{_output.Tail}");
        }

        return Stopwatch.GetElapsedTime(asked);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_stopped && !_process.HasExited)
            {
                await StopAsync();
            }
        }
        catch (TimeoutException)
        {
            // Killed below.
        }
        finally
        {
            Leftovers.Remove(_process);
            _process.Dispose();
        }
    }

    private async Task BecomeReadyAsync()
    {
        var request = Encoding.ASCII.GetBytes($"GET /health/ready HTTP/1.1\r\nHost: {Endpoint}\r\n\r\n");
        using var connection = new Connection(Endpoint);

        while (Stopwatch.GetElapsedTime(_started) < StartLimit)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The host ended with {_process.ExitCode}.\n{_output.Tail}");
            }

            try
            {
                if ((await connection.SendAsync(request)).Status == 200)
                {
                    StartToFirstAnswer = Stopwatch.GetElapsedTime(_started);
                    await Task.Yield();
                    return;
                }
            }
            catch (Exception failure) when (failure is SocketException or EndOfStreamException)
            {
                // Not listening yet.
            }

            await Task.Delay(LookEvery);
        }

        throw new TimeoutException($"The host was not ready within {StartLimit}.\n{_output.Tail}");
    }

    private static ProcessStartInfo StartInfo(HostCommand command, IPEndPoint endpoint)
    {
        var start = new ProcessStartInfo(command.FileName, command.ArgumentsAt(endpoint))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(command.Arguments is [var first, ..]
                && File.Exists(first) ? first : command.FileName)),
        };

        foreach (var variable in SocketThread.Variables)
        {
            start.Environment.Remove(variable);
        }

        start.Environment["DOTNET_gcServer"] = "0";

        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static IPEndPoint FreeEndpoint()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
