using Azure;
using Azure.Communication.Email;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Mail;
using HumanTasks.Web.Mail;
using Moq;

namespace HumanTasks.Tests.Functions.Mail;

public sealed class SendingMail
{
    private readonly Mock<EmailClient> client = new(MockBehavior.Strict);
    private readonly List<(EmailMessage Message, Guid OperationId)> sent = [];

    private static readonly Email Mail = new(
        ["maria@example.com", "otto@example.com"],
        ["copy@example.com"],
        "Invoice Ä-1",
        "Please decide",
        "Please **decide** <script>alert(1)</script>",
        "correlation");

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_mail_is_handed_over_as_text_and_as_html()
    {
        await SendAsync("key");

        var (message, _) = Assert.Single(sent);
        Assert.Equal("from@example.com", message.SenderAddress);
        Assert.Equal(Mail.To, message.Recipients.To.Select(to => to.Address));
        Assert.Equal(Mail.Cc, message.Recipients.CC.Select(to => to.Address));
        Assert.Empty(message.Recipients.BCC);
        Assert.Equal("Invoice Ä-1", message.Content.Subject);
        Assert.Equal("Please decide", message.Content.PlainText);
        Assert.Contains("<strong>decide</strong>", message.Content.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", message.Content.Html, StringComparison.Ordinal);
        Assert.True(message.UserEngagementTrackingDisabled);
    }

    [Fact]
    public async Task The_same_key_is_the_same_operation()
    {
        await SendAsync("run-1-mail");
        await SendAsync("run-1-mail");
        await SendAsync("run-2-mail");

        Assert.Equal(sent[0].OperationId, sent[1].OperationId);
        Assert.NotEqual(sent[0].OperationId, sent[2].OperationId);
        Assert.Equal(8, sent[0].OperationId.Version);
    }

    [Fact]
    public async Task An_operation_that_the_service_has_already_is_sent() => await SendAsync("key", Failure(409));

    [Theory]
    [InlineData(0, true)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    public async Task A_refusal_says_whether_it_may_pass(int status, bool mayPass)
    {
        var failure = await Assert.ThrowsAsync<EffectFailedException>(() => SendAsync("key", Failure(status)));

        Assert.Equal(mayPass, failure.MayPass);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_attempts_of_the_client_failed_the_last_one_counts()
    {
        var failure = await Assert.ThrowsAsync<EffectFailedException>(
            () => SendAsync("key", new AggregateException(Failure(500), Failure(400))));

        Assert.False(failure.MayPass);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_may_answer_later()
    {
        var failure = await Assert.ThrowsAsync<EffectFailedException>(() => SendAsync("key", new TaskCanceledException()));

        Assert.True(failure.MayPass);
    }

    [Fact]
    public async Task Who_stops_waiting_is_not_told_of_a_failure()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync("key", new TaskCanceledException(), Mail, stop.Token));
    }

    [Fact]
    public async Task An_address_that_is_none_is_never_right()
    {
        var failure = await Assert.ThrowsAsync<EffectFailedException>(() => SendAsync("key", null, Mail with { To = [" "] }));

        Assert.False(failure.MayPass);
        Assert.Empty(sent);
    }

    [Fact]
    public async Task Where_mail_is_not_configured_an_action_says_what_to_set()
    {
        var failure = await Assert.ThrowsAsync<EffectFailedException>(() => new NoEmailSender().SendAsync(Mail, "key", None));

        Assert.False(failure.MayPass);
        Assert.Contains("HumanTasks:Email:Endpoint", failure.Message, StringComparison.Ordinal);
    }

    private static RequestFailedException Failure(int status) => new(status, "a secret in a message", "Code", null);

    private Task SendAsync(
        string key, Exception? failure = null, Email? mail = null, CancellationToken cancellationToken = default)
    {
        client
            .Setup(email => email.SendAsync(
                WaitUntil.Started, It.IsAny<EmailMessage>(), It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .Returns((WaitUntil _, EmailMessage message, Guid id, CancellationToken _) =>
            {
                sent.Add((message, id));
                return failure is null ? Task.FromResult(Mock.Of<EmailSendOperation>()) : throw failure;
            });
        return new CommunicationEmailSender(client.Object, "from@example.com", new MailBodies(null!, new EnvironmentCatalog([]))).SendAsync(mail ?? Mail, key, cancellationToken);
    }
}
