using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Faults;

/// <summary>Which fault befalls which call, by the seed and the call's number.</summary>
/// <param name="seed">The run's seed.</param>
/// <param name="isCalm">Whether there is none.</param>
internal sealed class FaultPlan(int seed, bool isCalm)
{
    private const int InsertsPerHang = 5_000;
    private const int FirstInserts = 200;

    // In ten thousandths of all calls.
    private static readonly (BigQueryFault Fault, int Share)[] Shares =
    [
        (BigQueryFault.InternalError, 100), (BigQueryFault.BadGateway, 50), (BigQueryFault.Unavailable, 100), (BigQueryFault.RateLimited, 100),
        (BigQueryFault.QuotaExceeded, 100), (BigQueryFault.ResetBefore, 100), (BigQueryFault.ResetAfter, 100), (BigQueryFault.Truncated, 100),
        (BigQueryFault.Slow, 200),
    ];

    /// <summary>The fault of a call.</summary>
    /// <param name="call">The call's number in the run.</param>
    /// <param name="insert">The insert's number in the run; null for any other call.</param>
    /// <param name="isYoungTable">Whether the table was made by one of the last inserts.</param>
    public BigQueryFault Of(long call, long? insert, bool isYoungTable)
    {
        if (isCalm)
        {
            return BigQueryFault.None;
        }

        var dice = new Dice(seed, Decisions.BigQueryCall, call);
        if (insert is { } number && IsHang(number))
        {
            return dice.Chance(5_000) ? BigQueryFault.HangBefore : BigQueryFault.HangAfter;
        }

        if (isYoungTable && dice.Chance(3_000))
        {
            return BigQueryFault.NotFoundYet;
        }

        var roll = dice.Next(10_000);
        foreach (var (fault, share) in Shares)
        {
            if ((roll -= share) < 0)
            {
                return fault;
            }
        }

        return BigQueryFault.None;
    }

    /// <summary>How late a slow answer is, up to 2 s.</summary>
    public TimeSpan DelayOf(long call) => TimeSpan.FromMilliseconds(new Dice(seed, Decisions.BigQueryCall, ~call).Next(2_000));

    // One early in the run, then one in so many inserts.
    private bool IsHang(long insert)
    {
        var place = new Dice(seed, Decisions.Disturbance, insert / InsertsPerHang).Next(FirstInserts);
        return insert % InsertsPerHang == place;
    }
}
