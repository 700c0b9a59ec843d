using System.Globalization;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Ports;

namespace HumanTasks.Core.Links;

/// <summary>The mail with a one-time code.</summary>
public static class CodeEmail
{
    /// <param name="address">Whose code it is.</param>
    /// <param name="code">Six digits.</param>
    /// <param name="purpose">What it is good for, in words that go on after "good for".</param>
    /// <param name="sender">Who asks, as the reader knows them.</param>
    /// <param name="correlationId">Of the run, or of the request.</param>
    public static Email Write(string address, string code, string purpose, string sender, string correlationId)
    {
        var minutes = OneTimeCodes.Lifetime.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        string[] lines =
        [
            $"It is good for {minutes} minutes and for {purpose}. Nobody will ever ask you for it by telephone or mail.",
            "If you did not ask for it, you need not do anything.",
        ];
        return new Email(
            [address],
            [],
            $"Your code: {code}",
            string.Join("\n\n", [$"Your code for {sender} is {code}", .. lines]),
            string.Join("\n\n", [$"Your code for {Template.Plain(sender)} is **{code}**", .. lines.Select(Template.Plain)]),
            correlationId)
        {
            FromName = sender,
        };
    }
}
