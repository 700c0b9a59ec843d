namespace HumanTasks.Functions.Storage;

/// <summary>
/// The bytes that bodies may take in one transaction: its payload is limited to 4 MiB and contains them as base64.
/// </summary>
internal sealed class Room
{
    private int left = 2_400_000;

    public bool TryTake(int bytes)
    {
        if (bytes > left)
        {
            return false;
        }

        left -= bytes;
        return true;
    }
}
