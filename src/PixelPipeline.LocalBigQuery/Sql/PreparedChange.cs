using PixelPipeline.LocalBigQuery.Sql.Catalog;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// A statement that changes rows, ready to run. Its rows are the changes: the kind (1 a new row, 2 a changed one, 3 a removed
/// one), the row's number or NULL, and the values that it then has, in the table's order.
/// </summary>
/// <param name="Rows">Gives the changes. Dispose it.</param>
/// <param name="Table">Whose rows they are, as it was when the statement was prepared.</param>
/// <param name="Version">The version of its rows then: <see cref="Storage.RowStore.Version"/>.</param>
internal sealed record PreparedChange(PreparedQuery Rows, QueriedTable Table, long Version);
