using PixelPipeline.Events;
using PixelPipeline.Tables;

namespace PixelPipeline.Writing;

/// <summary>Where rows are kept: the one seam between the pipeline and BigQuery. Safe for concurrent use.</summary>
public interface IEventRowWriter
{
    /// <summary>
    /// Waits until rows may be sent to a table: at once for a known one, when the quota allows for a new one.
    /// </summary>
    /// <param name="table">The table that the layout chose.</param>
    /// <param name="day">The instant of the row that asks, UTC: its day has the overflow table.</param>
    /// <param name="cancellationToken">The asking message's delivery ended.</param>
    /// <returns>That table, or the day's overflow table once the budget of new tables is spent.</returns>
    /// <exception cref="RowNotCommittedException">Not in time; the message must be delivered again.</exception>
    ValueTask<TableName> AdmitAsync(TableName table, DateTime day, CancellationToken cancellationToken);

    /// <summary>Inserts rows into one table and returns once the fate of each is known.</summary>
    /// <param name="table">An admitted table.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="cancellationToken">Gives the insert up; the rows' fates are then unknown.</param>
    /// <returns>A fate for each row, in the rows' order.</returns>
    /// <exception cref="Exception">Any: every row's fate is unknown, as <see cref="RowFate.Unknown"/> says it of one.</exception>
    Task<IReadOnlyList<RowFate>> WriteAsync(TableName table, IReadOnlyList<EventRow> rows, CancellationToken cancellationToken);
}
