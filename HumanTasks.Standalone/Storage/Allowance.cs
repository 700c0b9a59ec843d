using HumanTasks.Core.Environments;

namespace HumanTasks.Standalone.Storage;

/// <summary>The number of metered runs of an environment that started in a month.</summary>
internal static class Allowance
{
    public static void Count(Connection connection, string environment, int month, int runs) => connection
        .Prepare(
            """
            INSERT INTO allowance (environment, month, used) VALUES (?1, ?2, ?3)
            ON CONFLICT (environment, month) DO UPDATE SET used = used + excluded.used
            """)
        .Bind(environment)
        .Bind(month)
        .Bind(runs)
        .Run();

    /// <summary>Returns how many more runs may start.</summary>
    public static long Left(Connection connection, string environment, Metering metering)
    {
        if (metering.Allowance is not { } allowance)
        {
            return long.MaxValue;
        }

        using var row = connection
            .Prepare("SELECT used FROM allowance WHERE environment = ?1 AND month = ?2")
            .Bind(environment)
            .Bind(metering.Month);
        return Math.Max(0, allowance - (row.Step() ? row.Integer(0) : 0));
    }
}
