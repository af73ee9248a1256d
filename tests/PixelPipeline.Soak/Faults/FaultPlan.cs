using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Faults;

/// <summary>
/// Which fault befalls which call, by the seed and the call's number: one call in each stretch of calls, each fault in
/// turn, so that even a short run has them all.
/// </summary>
internal sealed class FaultPlan
{
    private const int InsertsPerHang = 5_000;

    private static readonly BigQueryFault[] InTurn =
    [
        BigQueryFault.InternalError, BigQueryFault.BadGateway, BigQueryFault.Unavailable, BigQueryFault.RateLimited, BigQueryFault.QuotaExceeded,
        BigQueryFault.ResetBefore, BigQueryFault.ResetAfter, BigQueryFault.Truncated, BigQueryFault.Slow,
    ];

    private readonly FaultRunOptions _options;
    private readonly int _stretch;
    private readonly int _firstInserts;

    public FaultPlan(FaultRunOptions options)
    {
        _options = options;
        // With one table a call carries ten times as many rows, so there are fewer calls to befall.
        (_stretch, _firstInserts) = options.IsPartitioned ? (4, 40) : (10, 200);
    }

    /// <summary>The fault of a call.</summary>
    /// <param name="call">The call's number in the run.</param>
    /// <param name="insert">The insert's number in the run; null for any other call.</param>
    /// <param name="isYoungTable">Whether the table was made by one of the last inserts.</param>
    public BigQueryFault Of(long call, long? insert, bool isYoungTable)
    {
        if (_options.IsCalm)
        {
            return BigQueryFault.None;
        }

        var dice = new Dice(_options.Seed, Decisions.BigQueryCall, call);
        if (insert is { } number && IsHang(number))
        {
            return dice.Chance(5_000) ? BigQueryFault.HangBefore : BigQueryFault.HangAfter;
        }

        if (isYoungTable && dice.Chance(3_000))
        {
            return BigQueryFault.NotFoundYet;
        }

        var stretch = call / _stretch;
        var place = new Dice(_options.Seed, Decisions.BigQueryCall, ~stretch).Next(_stretch);
        return call % _stretch == place ? InTurn[stretch % InTurn.Length] : BigQueryFault.None;
    }

    /// <summary>How late a slow answer is, up to 2 s.</summary>
    public TimeSpan DelayOf(long call) => TimeSpan.FromMilliseconds(new Dice(_options.Seed, Decisions.Delay, call).Next(2_000));

    // One early in the run, then one in so many inserts.
    private bool IsHang(long insert)
    {
        var place = new Dice(_options.Seed, Decisions.Disturbance, insert / InsertsPerHang).Next(_firstInserts);
        return insert % InsertsPerHang == place;
    }
}
