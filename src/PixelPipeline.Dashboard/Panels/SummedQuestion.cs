using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// A question whose answer over some days is that of the first of them and that of the others, added up. Where
/// <see cref="Asking.Open"/> says so, the rows of the open days and those of the days that are over come apart, told by a first
/// column <c>is_open</c>.
/// </summary>
internal abstract class SummedQuestion
{
    /// <summary>How many values of a list come of each of the two, so that the first ten of both together can mostly be told.</summary>
    protected const int MostKept = 1_000;

    /// <summary>The question.</summary>
    public abstract Question Ask(Asking asking);

    /// <summary>The answer for both, with the rows that it has without <c>is_open</c>.</summary>
    /// <param name="over">That for the days that are over.</param>
    /// <param name="open">That for the open days.</param>
    /// <param name="asking">What is asked for.</param>
    /// <param name="ask">Asks of the whole period, where what was left out of either might belong to the answer.</param>
    public abstract Task<Answer> AddAsync(Answer over, Answer open, Asking asking, Func<Question, Task<Answer>> ask);
}
