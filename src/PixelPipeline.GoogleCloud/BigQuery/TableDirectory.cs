using System.Collections.Concurrent;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Knows which tables exist. A table is asked for before it counts as new; new ones are made no faster than the quota
/// allows and no more than the day's budget. Messages for known tables pass without waiting behind new ones.
/// </summary>
internal sealed class TableDirectory
{
    private const int KeptTables = 50_000;

    private readonly TableQuestions _questions;
    private readonly TableLayout _layout;
    private readonly NewTablePacer _pacer;
    private readonly PipelineMeter _meter;
    private readonly OperatorLog _operatorLog;
    private readonly TimeProvider _time;
    private readonly Action<TableName, DateTime> _made;
    private readonly RecentSet<TableName> _known = new(KeptTables); // forgetting one costs a question, no more
    private readonly RecentSet<TableName> _absent = new(KeptTables); // when last asked; refused messages come again many times
    private readonly ConcurrentDictionary<TableName, Lazy<Task<TableName>>> _admissions = [];

    public TableDirectory(
        TableQuestions questions, TableLayout layout, NewTablePacer pacer, PipelineMeter meter, OperatorLog operatorLog, TimeProvider time, Action<TableName, DateTime> made)
    {
        _questions = questions;
        _layout = layout;
        _pacer = pacer;
        _meter = meter;
        _operatorLog = operatorLog;
        _time = time;
        _made = made;
    }

    /// <summary>As <see cref="IEventRowWriter.AdmitAsync"/>. A table without suffix was made at the start.</summary>
    public ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken)
    {
        if (table.Suffix.Length == 0 || _known.Contains(table))
        {
            return new(table);
        }

        // All messages for one new table share one question and one place in the row of new tables.
        var admission = _admissions.GetOrAdd(table, key => new Lazy<Task<TableName>>(() => FindOrMakeAsync(key, day)));
        return new(admission.Value.WaitAsync(cancellationToken));
    }

    private async Task<TableName> FindOrMakeAsync(TableName table, DateTime day)
    {
        try
        {
            return await ExistsAsync(table) ? table : await MakeAsync(table, _layout.OverflowOf(day), day);
        }
        finally
        {
            _admissions.TryRemove(table, out _);
        }
    }

    private async Task<bool> ExistsAsync(TableName table)
    {
        if (_known.Contains(table))
        {
            return true; // an admission ended between this one's first look and its start
        }

        if (_absent.Contains(table) && _pacer.Peek(countsAgainstBudget: true) != NewTableTurn.Granted)
        {
            return false; // asking again would change nothing
        }

        var exists = await _questions.ExistsAsync(table);
        (exists ? _known : _absent).Add(table);
        return exists;
    }

    private async Task<TableName> MakeAsync(TableName table, TableName overflow, DateTime day)
    {
        switch (_pacer.Take(countsAgainstBudget: table != overflow, out var wait))
        {
            case NewTableTurn.BudgetSpent:
                _operatorLog.BudgetSpent();
                return await AdmitAsync(overflow, day, CancellationToken.None);
            case NewTableTurn.Busy:
                throw new RowNotCommittedException("Too many new tables at once: more are made as BigQuery's quota of 10 a second allows.");
            default:
                await Task.Delay(wait, _time);
                _known.Add(table);
                _meter.RecordNewTable();
                _made(table, day);
                return table;
        }
    }
}
