#nullable disable

namespace Azure.Communication.Email;

public class EmailSendOperation : Operation<EmailSendResult>
{
    protected EmailSendOperation()
    {
    }

    public EmailSendOperation(string id, EmailClient client) => Id = id;

    public override string Id { get; }

    public override EmailSendResult Value => throw Contract.Only();

    public override bool HasCompleted => false;

    public override bool HasValue => false;

    public override Response GetRawResponse() => throw Contract.Only();

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => throw Contract.Only();

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
        throw Contract.Only();
}

public class EmailSendResult
{
    internal EmailSendResult()
    {
    }
}
