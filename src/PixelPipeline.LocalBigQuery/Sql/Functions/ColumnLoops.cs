using PixelPipeline.LocalBigQuery.Sql.Columns;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>Functions of values made functions of columns, by the number of their arguments.</summary>
internal static class ColumnLoops
{
    public static ColumnBody Of<T1, TR>(Func<T1, TR> body) => (input, output, isSafe) =>
    {
        var a = input[0];
        Run(input.Rows, output, isSafe, row => a.IsNull(row), row => body(a.Get<T1>(row)));
    };

    public static ColumnBody Of<T1, T2, TR>(Func<T1, T2, TR> body) => (input, output, isSafe) =>
    {
        var (a, b) = (input[0], input[1]);
        Run(input.Rows, output, isSafe, row => a.IsNull(row) || b.IsNull(row), row => body(a.Get<T1>(row), b.Get<T2>(row)));
    };

    public static ColumnBody Of<T1, T2, T3, TR>(Func<T1, T2, T3, TR> body) => (input, output, isSafe) =>
    {
        var (a, b, c) = (input[0], input[1], input[2]);
        Run(input.Rows, output, isSafe, row => a.IsNull(row) || b.IsNull(row) || c.IsNull(row), row => body(a.Get<T1>(row), b.Get<T2>(row), c.Get<T3>(row)));
    };

    public static ColumnBody Of<T1, T2, T3, T4, TR>(Func<T1, T2, T3, T4, TR> body) => (input, output, isSafe) =>
    {
        var (a, b, c, d) = (input[0], input[1], input[2], input[3]);
        Run(
            input.Rows,
            output,
            isSafe,
            row => a.IsNull(row) || b.IsNull(row) || c.IsNull(row) || d.IsNull(row),
            row => body(a.Get<T1>(row), b.Get<T2>(row), c.Get<T3>(row), d.Get<T4>(row)));
    };

    private static void Run<TR>(long rows, Vector output, bool isSafe, Func<long, bool> isNull, Func<long, TR> body)
    {
        for (var row = 0L; row < rows; row++)
        {
            if (isNull(row))
            {
                output.PutNull(row);
            }
            else if (isSafe)
            {
                PutOrNull(output, row, body);
            }
            else
            {
                output.Put(row, body(row));
            }
        }
    }

    private static void PutOrNull<TR>(Vector output, long row, Func<long, TR> body)
    {
        try
        {
            output.Put(row, body(row));
        }
        catch (GoogleSqlException)
        {
            output.PutNull(row);
        }
    }
}
