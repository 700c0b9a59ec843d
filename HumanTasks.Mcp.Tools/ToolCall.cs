using HumanTasks.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace HumanTasks.Mcp.Tools;

/// <summary>A call that is being answered.</summary>
/// <param name="request">As it came.</param>
/// <param name="arguments">As they were read.</param>
internal sealed class ToolCall(RequestContext<CallToolRequestParams> request, ToolArguments arguments)
{
    public ToolArguments Arguments => arguments;

    public ToolProblems Problems => arguments.Problems;

    public HumanTasksClient Client => Service<HumanTasksClient>();

    /// <summary>Who is asked when a call names nobody; null leaves that to the deployment.</summary>
    public string? UsualAssignee => request.Services?.GetService<QuestionDefaults>()?.Assignee;

    /// <summary>When this program is about to end: a wait ends, too, and says so.</summary>
    public CancellationToken Stopping => Service<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>Tells a client that wants to know how the wait goes.</summary>
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

/// <param name="Assignee">Who is asked when a call names nobody; null leaves that to the deployment.</param>
public sealed record QuestionDefaults(string? Assignee);
