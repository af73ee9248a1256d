namespace PixelPipeline.Dashboard.Questions;

/// <summary>What BigQuery answered: rows of named values.</summary>
/// <param name="Columns">The names, in order.</param>
/// <param name="Rows">
/// A value for each column, null for NULL: <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="DateTime"/> (a TIMESTAMP, UTC), <see cref="DateOnly"/>, or another type of the client library.
/// </param>
public sealed record Answer(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>No column and no row: there is no table to ask.</summary>
    public static Answer Nothing { get; } = new([], []);

    /// <summary>Where a column stands; -1 where there is none of this name.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        return -1;
    }
}
