"""
The engine, as separate parts that know neither database nor page.

`reading` makes frozen objects (`definitions`, `responses`) of JSON; `shape` and `checking` judge a
questionnaire; `walking` lays a response over it, `conditions` and `enabling` say what is asked;
`validating` judges answers, `scoring` and `calculating` compute; all tell through `outcomes`.

For pages: `opening` begins a response, `presenting` makes it what is shown (`presented`), `submitting`
takes what was sent, `finishing` completes it, `answers` is for reading it again.
"""
