using HumanTasks.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HumanTasks.Mcp.Tools;

/// <summary>A tool call in progress.</summary>
/// <param name="request">The request.</param>
/// <param name="arguments">The arguments of the call.</param>
internal sealed class ToolCall(RequestContext<CallToolRequestParams> request, ToolArguments arguments)
{
    public ToolArguments Arguments => arguments;

    public ToolProblems Problems => arguments.Problems;

    public HumanTasksClient Client => Service<HumanTasksClient>();

    /// <summary>The default assignee; null leaves the choice to the deployment.</summary>
    public string? UsualAssignee => request.Services?.GetService<QuestionDefaults>()?.Assignee;

    /// <summary>Signals the shutdown of the program. Waits end and report it.</summary>
    public CancellationToken Stopping => Service<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Reports progress to a client that asked for it.</summary>
    public async Task TellAsync(float seconds, float total, string message, CancellationToken cancellationToken)
    {
        if (request.Params?.ProgressToken is { } token)
        {
            await request.Server.NotifyProgressAsync(
                token, new ProgressNotificationValue { Progress = seconds, Total = total, Message = message }, cancellationToken: cancellationToken);
        }
    }

    private T Service<T>()
        where T : notnull =>
        (request.Services ?? throw new InvalidOperationException("A tool is called without services.")).GetRequiredService<T>();
}
