using Microsoft.Extensions.Logging;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Tells the operator what is wrong and what to mend: each kind of trouble at most once a minute.</summary>
internal sealed class OperatorLog
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _lastTold = []; // by kind: a small closed set

    public OperatorLog(ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
    }

    /// <summary>A call failed for good; its messages are delivered again.</summary>
    public void RowsNotCommitted(TableName table, Exception exception)
    {
        var kind = BigQueryFailure.Classify(exception);
        if (IsDue($"failed {kind}"))
        {
            _logger.LogError(exception, "Rows for {Table} are not committed, their messages are kept and delivered again. {Advice}", table.Base, AdviceFor(kind));
        }
    }

    /// <summary>New users' rows go to the overflow table from now on.</summary>
    public void BudgetSpent()
    {
        if (IsDue("budget"))
        {
            _logger.LogWarning("Today's budget of new tables is spent: rows of new users go to the day's overflow table. Raise Pixel__NewTablesPerDay, or use the layout both, whose table of all events has no budget.");
        }
    }

    /// <summary>A rejected entry is not kept: its message is delivered again until an operator mends the table.</summary>
    public void RejectionsRefused(TableName table, string message)
    {
        if (IsDue("rejections"))
        {
            _logger.LogError("The table {Table} does not take rejected entries: {Message} Compare its schema with deploy/rejected-schema.json.", table.Id, message);
        }
    }

    /// <summary>Tells that a table for a user and day does not take rows that the table of all events has.</summary>
    public void RefusedByOwnTable(TableName table, TableName all, string message)
    {
        if (IsDue("own table"))
        {
            _logger.LogError("A table made from {Table} does not take a row that stands in {AllEvents}: {Message} The event counts, and is missing in its own table: pixel doctor compares the columns.", table.Base, all.Id, message);
        }
    }

    private bool IsDue(string kind)
    {
        lock (_lock)
        {
            if (_lastTold.TryGetValue(kind, out var last) && _time.GetElapsedTime(last) < Interval)
            {
                return false;
            }

            _lastTold[kind] = _time.GetTimestamp();
            return true;
        }
    }

    private static string AdviceFor(FailureKind? kind) => kind switch
    {
        FailureKind.Operator => "Give the function's service account the role BigQuery Data Editor on the dataset, and check that billing is on.",
        FailureKind.TableMissing => "The dataset or the base table is missing: run deploy/up.sh, or set Pixel__CreateTables=true.",
        _ => "BigQuery cannot be reached or refuses for now; nothing is to be done unless this goes on.",
    };
}
